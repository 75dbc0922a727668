package dev.bluerig.cli;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.namespace.NamespaceLab;
import dev.bluerig.run.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig lab namespace`: machines as network namespaces.
@CommandLine.Command(name = "namespace", mixinStandardHelpOptions = true,
    description = "real OpenSSH and Open vSwitch in network namespaces; needs root on Linux")
final class NamespaceCommand implements Runnable {
    private static final String LAB = "namespace";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    static CommandLine line(Terminal terminal, CliContext world) {
        return new CommandLine(new NamespaceCommand()).addSubcommand(new Up(terminal, world))
            .addSubcommand(new LabCommand.Down(terminal, world, LAB, NamespaceLab::down))
            .addSubcommand(new LabCommand.Status(terminal, world, LAB, NamespaceCommand::status));
    }

    private static LabCommand.Seen status(Path directory) throws LabFailed {
        var status = NamespaceLab.status(directory);
        return new LabCommand.Seen(status.text(), status.up());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "what? up, down or status");
    }

    @CommandLine.Command(name = "up", mixinStandardHelpOptions = true, description = "start it in factory state")
    private static final class Up implements Callable<ExitCode> {
        private final Terminal terminal;
        private final CliContext world;

        @CommandLine.Mixin
        private LabCommand.Place place = new LabCommand.Place();

        @CommandLine.Option(names = "--pairs", paramLabel = "N", defaultValue = "1",
            description = "pairs of two hosts and two DPUs (default: ${DEFAULT-VALUE})")
        private int pairs;

        @CommandLine.Option(names = "--without-ovs", description = "plain SSH machines: no Open vSwitch on the DPUs")
        private boolean withoutOvs;

        Up(Terminal terminal, CliContext world) {
            this.terminal = terminal;
            this.world = world;
        }

        @Override
        public ExitCode call() {
            var options = withoutOvs ? NamespaceLab.Options.pairs(pairs).withoutOvs() : NamespaceLab.Options.pairs(pairs);
            var ready = LabCommand.asked(LAB, () -> NamespaceLab.up(place.in(world), options));
            return LabCommand.up(terminal, ready);
        }
    }
}
