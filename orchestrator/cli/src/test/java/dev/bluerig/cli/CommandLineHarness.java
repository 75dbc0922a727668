package dev.bluerig.cli;

import dev.bluerig.remote.Dialer;
import dev.bluerig.source.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// A command line in a directory of its own, nobody at the keyboard, no terminal; what it said is kept.
final class CommandLineHarness {
    /// What one command left.
    record Result(int exit, String out, String err) {}

    private final Path directory;

    CommandLineHarness(Path directory) {
        this.directory = directory;
    }

    Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    static CliContext.DialerFactory fake(Dialer dialer) {
        return (inventory, file) -> new CliContext.OpenDialer(dialer, () -> { });
    }

    /// For inputs that must be refused before anything is dialled.
    static CliContext.DialerFactory never() {
        return fake((machine, way) -> {
            throw new AssertionError(machine.name() + " was dialled");
        });
    }

    private static final Keyboard NOBODY = new Keyboard() {
        @Override
        public Optional<String> line(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> hidden(String question) {
            return Optional.empty();
        }
    };

    private Result run(CliContext.DialerFactory dialing, BooleanSupplier stop, Keyboard keyboard, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(stream(out), stream(err), keyboard, false, false);
        var context = new CliContext(directory, directory, Map.of(), InstantSource.system(), new Random(1), stop, dialing);
        int exit = new Bluerig(terminal, context).run(words).number();
        terminal.flush();
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Result run(CliContext.DialerFactory dialing, BooleanSupplier stop, String... words) {
        return run(dialing, stop, NOBODY, words);
    }

    Result run(CliContext.DialerFactory dialing, Keyboard keyboard, String... words) {
        return run(dialing, () -> false, keyboard, words);
    }

    Result run(CliContext.DialerFactory dialing, String... words) {
        return run(dialing, () -> false, NOBODY, words);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /// The files of a directory, without those in directories below.
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    /// The repository, above this module.
    static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("playbooks/bring-up.yaml"))) here = here.getParent();
        return here;
    }
}
