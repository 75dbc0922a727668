package dev.bluerig.cli;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabFiles;
import dev.bluerig.run.ExitCode;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig lab`: test-beds without hardware.
@CommandLine.Command(name = "lab", mixinStandardHelpOptions = true, description = "start and end test-beds without hardware")
final class LabCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    static CommandLine line(Terminal terminal, CliContext world) {
        return new CommandLine(new LabCommand()).addSubcommand(SimCommand.line(terminal, world))
            .addSubcommand(NamespaceCommand.line(terminal, world))
            .addSubcommand(KernelCommand.line(terminal, world));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which lab? sim, namespace or kernel");
    }

    /// Where a lab's files lie; a directory holds one lab.
    static final class Place {
        @CommandLine.Option(names = "--directory", paramLabel = "DIR", defaultValue = ".lab",
            description = "where its inventory, keys and state lie (default: ${DEFAULT-VALUE})")
        private Path directory;

        Path in(CliContext world) {
            return world.directory().resolve(directory);
        }
    }

    /// Ends a lab.
    interface Ending {
        void end(Path directory) throws LabFailed;
    }

    @CommandLine.Command(name = "down", mixinStandardHelpOptions = true, description = "end it and leave nothing of it behind")
    static final class Down implements Callable<ExitCode> {
        private final Terminal terminal;
        private final CliContext world;
        private final String lab;
        private final Ending ending;

        @CommandLine.Mixin
        private Place place = new Place();

        Down(Terminal terminal, CliContext world, String lab, Ending ending) {
            this.terminal = terminal;
            this.world = world;
            this.lab = lab;
            this.ending = ending;
        }

        @Override
        public ExitCode call() {
            asked(lab, () -> {
                ending.end(place.in(world));
                return true;
            });
            terminal.say("down");
            return ExitCode.DONE;
        }
    }

    /// What of a lab runs, in lines for a person.
    record Seen(String text, boolean up) {}

    /// Looks at a lab.
    interface Looking {
        Seen look(Path directory) throws LabFailed;
    }

    @CommandLine.Command(name = "status", mixinStandardHelpOptions = true,
        description = "say what of it runs; exit 1 when it is not wholly up")
    static final class Status implements Callable<ExitCode> {
        private final Terminal terminal;
        private final CliContext world;
        private final String lab;
        private final Looking looking;

        @CommandLine.Mixin
        private Place place = new Place();

        Status(Terminal terminal, CliContext world, String lab, Looking looking) {
            this.terminal = terminal;
            this.world = world;
            this.lab = lab;
            this.looking = looking;
        }

        @Override
        public ExitCode call() {
            Seen seen = asked(lab, () -> looking.look(place.in(world)));
            terminal.paragraph(seen.text());
            return seen.up() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /// Tells that a lab is up.
    static ExitCode up(Terminal terminal, LabFiles ready) {
        terminal.say("up: " + String.join(", ", ready.machines()));
        terminal.say("next: bluerig check -i " + ready.inventory());
        return ExitCode.DONE;
    }

    /// Something that a lab is asked for.
    interface Asked<T> {
        T get() throws LabFailed;
    }

    /// A lab that does not do what it should is told like bad input: what, where, what next.
    static <T> T asked(String lab, Asked<T> question) {
        try {
            return question.get();
        } catch (LabFailed failed) {
            throw new InvalidInput(Location.file("lab " + lab), failed.getMessage());
        }
    }
}
