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

    static CommandLine line(Terminal terminal, CliContext context) {
        return new CommandLine(new NamespaceCommand()).addSubcommand(new Up(terminal, context))
            .addSubcommand(new LabCommand.Down(terminal, context, LAB, NamespaceLab::down))
            .addSubcommand(new LabCommand.Status(terminal, context, LAB, NamespaceCommand::status));
    }

    private static LabCommand.LabState status(Path directory) throws LabFailed {
        var status = NamespaceLab.status(directory);
        return new LabCommand.LabState(status.text(), status.up());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "what? up, down or status");
    }

    @CommandLine.Command(name = "up", mixinStandardHelpOptions = true, description = "start it in factory state")
    private static final class Up implements Callable<ExitCode> {
        private final Terminal terminal;
        private final CliContext context;

        @CommandLine.Mixin
        private LabCommand.DirectoryOption place = new LabCommand.DirectoryOption();

        @CommandLine.Option(names = "--pairs", paramLabel = "N", defaultValue = "1",
            description = "pairs of two hosts and two DPUs (default: ${DEFAULT-VALUE})")
        private int pairs;

        @CommandLine.Option(names = "--without-ovs", description = "plain SSH machines: no Open vSwitch on the DPUs")
        private boolean withoutOvs;

        Up(Terminal terminal, CliContext context) {
            this.terminal = terminal;
            this.context = context;
        }

        @Override
        public ExitCode call() {
            var options = withoutOvs ? NamespaceLab.Options.pairs(pairs).withoutOvs() : NamespaceLab.Options.pairs(pairs);
            var ready = LabCommand.asked(LAB, () -> NamespaceLab.up(place.in(context), options));
            return LabCommand.up(terminal, ready);
        }
    }
}
