package dev.bluerig.cli;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.nio.file.Path;
import picocli.CommandLine;

/// `bluerig lab`: test-beds without hardware.
@CommandLine.Command(name = "lab", mixinStandardHelpOptions = true, description = "start and end test-beds without hardware")
final class LabCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    static CommandLine line(Terminal terminal, World world) {
        return new CommandLine(new LabCommand()).addSubcommand(SimCommand.line(terminal, world)).addSubcommand(NamespaceCommand.line(terminal, world))
            .addSubcommand(KernelCommand.line(terminal, world));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which lab? sim, namespace or kernel");
    }

    /// Where a lab's files lie; a directory holds one lab.
    static final class Place {
        @CommandLine.Option(names = "--directory", paramLabel = "DIR", defaultValue = ".lab", description = "where its inventory, keys and state lie (default: ${DEFAULT-VALUE})")
        private Path directory;

        Path in(World world) {
            return world.directory().resolve(directory);
        }
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
