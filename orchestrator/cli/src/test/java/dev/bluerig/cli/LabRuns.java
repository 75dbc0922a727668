package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.remote.ssh.SshSettings;
import dev.bluerig.report.Report;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.source.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Commands with the shipped playbooks against a lab, nobody at the keyboard; every command leaves a run that can be looked at.
final class LabRuns {
    private static final Set<String> RECORDED = Set.of("check", "apply", "accept");
    private static final Random RUNS = new Random(7);

    private final Path runs;
    private final Path inventory;
    private final Duration connectTimeout;

    LabRuns(Path runs, Path inventory, Duration connectTimeout) {
        this.runs = runs;
        this.inventory = inventory;
        this.connectTimeout = connectTimeout;
    }

    /// What one command left: its words, and the directory of its run.
    record Left(int exit, String out, String err, Path run) {
        Report report() {
            return Report.read("report.json", text("report.json"));
        }

        String text(String file) {
            try {
                return Files.readString(run.resolve(file));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        WrittenJournal journal() {
            return WrittenJournal.read(run.resolve("journal.jsonl"));
        }

        /// What the journal tells of the remedies on this machine.
        List<WrittenJournal.RemedyTrace> remedies(String machine) {
            return journal().remedies().getOrDefault(machine, List.of());
        }

        /// Everything that was printed or written.
        String everything() throws IOException {
            var all = new StringBuilder(out).append(err);
            try (Stream<Path> files = Files.walk(run)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    Left run(BooleanSupplier stop, String... words) throws IOException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
            nobody(), false, false);
        var before = directories();
        Path home = CommandLineHarness.repository();
        var context = new CliContext(home, home, Map.of(), InstantSource.system(), RUNS, stop, this::ssh);
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-i", inventory.toString()));
        if (RECORDED.contains(words[0])) all.addAll(List.of("--runs", runs.toString()));
        int exit = new Bluerig(terminal, context).run(all.toArray(String[]::new)).number();
        terminal.flush();
        var made = new ArrayList<>(directories());
        made.removeAll(before);
        var left = new Left(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), made.isEmpty() ? runs
            : made.getFirst());
        String everything = left.everything();
        assertFalse(everything.contains("\tat ") || everything.contains("at dev.bluerig"), "a stack trace reached the user: " + everything);
        return left;
    }

    Left run(String... words) throws IOException {
        return run(() -> false, words);
    }

    private CliContext.OpenDialer ssh(Inventory read, Path file) {
        var settings = CliContext.settings(read, file);
        var dialer =
            new SshDialer(new SshSettings(settings.knownHosts(), settings.identities(), settings.agent(), settings.sshConfig(),
            connectTimeout, settings.dialsPerJump()));
        return new CliContext.OpenDialer(dialer, dialer::close);
    }

    private List<Path> directories() throws IOException {
        if (!Files.isDirectory(runs)) return List.of();
        try (Stream<Path> all = Files.list(runs)) {
            return all.filter(path -> Files.isDirectory(path) && !Files.isSymbolicLink(path)).toList();
        }
    }

    private static Keyboard nobody() {
        return new Keyboard() {
            @Override
            public Optional<String> line(String question) {
                return Optional.empty();
            }

            @Override
            public Optional<Secret> hidden(String question) {
                return Optional.empty();
            }
        };
    }
}
