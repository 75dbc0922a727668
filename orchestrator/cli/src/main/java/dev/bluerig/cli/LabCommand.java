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
@CommandLine.Command(name = "lab", mixinStandardHelpOptions = true)
final class LabCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    static CommandLine line(Terminal terminal, CliContext context) {
        return new CommandLine(new LabCommand()).addSubcommand(SimCommand.line(terminal, context))
            .addSubcommand(NamespaceCommand.line(terminal, context))
            .addSubcommand(KernelCommand.line(terminal, context));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which lab? sim, namespace or kernel");
    }

    /// Where a lab's files lie; a directory holds one lab.
    static final class DirectoryOption {
        @CommandLine.Option(names = "--directory", paramLabel = "DIR", defaultValue = ".lab",
            description = "where its inventory, keys and state lie (default: ${DEFAULT-VALUE})")
        private Path directory;

        Path in(CliContext context) {
            return context.directory().resolve(directory);
        }
    }

    /// Ends a lab.
    interface LabRemover {
        void end(Path directory) throws LabFailed;
    }

    @CommandLine.Command(name = "down", mixinStandardHelpOptions = true, description = "end it and leave nothing of it behind")
    static final class Down implements Callable<ExitCode> {
        private final Terminal terminal;
        private final CliContext context;
        private final String lab;
        private final LabRemover ending;

        @CommandLine.Mixin
        private DirectoryOption place = new DirectoryOption();

        Down(Terminal terminal, CliContext context, String lab, LabRemover ending) {
            this.terminal = terminal;
            this.context = context;
            this.lab = lab;
            this.ending = ending;
        }

        @Override
        public ExitCode call() {
            asked(lab, () -> {
                ending.end(place.in(context));
                return true;
            });
            terminal.say("down");
            return ExitCode.DONE;
        }
    }

    /// What of a lab runs, in lines for a person.
    record LabState(String text, boolean up) {}

    /// Looks at a lab.
    interface StatusReader {
        LabState look(Path directory) throws LabFailed;
    }

    @CommandLine.Command(name = "status", mixinStandardHelpOptions = true,
        description = "say what of it runs; exit 1 when it is not wholly up")
    static final class Status implements Callable<ExitCode> {
        private final Terminal terminal;
        private final CliContext context;
        private final String lab;
        private final StatusReader looking;

        @CommandLine.Mixin
        private DirectoryOption place = new DirectoryOption();

        Status(Terminal terminal, CliContext context, String lab, StatusReader looking) {
            this.terminal = terminal;
            this.context = context;
            this.lab = lab;
            this.looking = looking;
        }

        @Override
        public ExitCode call() {
            LabState seen = asked(lab, () -> looking.look(place.in(context)));
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
    interface LabAction<T> {
        T get() throws LabFailed;
    }

    /// A lab that does not do what it should is told like bad input: what, where, what next.
    static <T> T asked(String lab, LabAction<T> question) {
        try {
            return question.get();
        } catch (LabFailed failed) {
            throw new InvalidInput(Location.file("lab " + lab), failed.getMessage());
        }
    }
}
