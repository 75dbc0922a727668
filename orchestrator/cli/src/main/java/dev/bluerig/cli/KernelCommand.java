package dev.bluerig.cli;

import dev.bluerig.lab.kernel.KernelLab;
import dev.bluerig.lab.kernel.LabProgress;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.run.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig lab kernel`: machines inside a guest whose kernel takes the real TLS device-offload path.
@CommandLine.Command(name = "kernel", mixinStandardHelpOptions = true,
    description = "a guest under QEMU with real kernel TLS and a NIC that takes the offload path; needs Linux on x86-64, the first time"
    + " root; its images stay in a cache")
final class KernelCommand implements Runnable {
    private static final String LAB = "kernel";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    static CommandLine line(Terminal terminal, CliContext context) {
        return new CommandLine(new KernelCommand()).addSubcommand(new Up(terminal, context))
            .addSubcommand(new LabCommand.Down(terminal, context, LAB, KernelLab::down))
            .addSubcommand(new LabCommand.Status(terminal, context, LAB, KernelCommand::status))
            .addSubcommand(new Attach(terminal, context));
    }

    private static LabCommand.LabState status(Path directory) throws LabFailed {
        var status = KernelLab.status(directory);
        return new LabCommand.LabState(status.text(), status.up());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "what? up, down, status or console");
    }

    @CommandLine.Command(name = "up", mixinStandardHelpOptions = true,
        description = "start it in factory state; the first time fetches a kernel and a small user space, which takes minutes")
    private static final class Up implements Callable<ExitCode> {
        private final Terminal terminal;
        private final CliContext context;

        @CommandLine.Mixin
        private LabCommand.DirectoryOption place = new LabCommand.DirectoryOption();

        @CommandLine.Option(names = "--guests", paramLabel = "N", defaultValue = "1",
            description = "1: both ends in one guest; 2: each in its own, back to back (default: ${DEFAULT-VALUE})")
        private int guests;

        Up(Terminal terminal, CliContext context) {
            this.terminal = terminal;
            this.context = context;
        }

        @Override
        public ExitCode call() {
            var ready = LabCommand.asked(LAB, () -> KernelLab.up(place.in(context), KernelLab.Options.usual().guests(guests), progress()));
            return LabCommand.up(terminal, ready);
        }

        private LabProgress progress() {
            return new LabProgress() {
                @Override
                public void say(String line) {
                    terminal.complain(line);
                }

                @Override
                public boolean stopped() {
                    return context.stop().getAsBoolean();
                }
            };
        }
    }

    @CommandLine.Command(name = "console", mixinStandardHelpOptions = true,
        description = "a root shell on the guest's serial line, Ctrl-] leaves; what it said so far when this is no terminal")
    private static final class Attach implements Callable<ExitCode> {
        private final Terminal terminal;
        private final CliContext context;

        @CommandLine.Mixin
        private LabCommand.DirectoryOption place = new LabCommand.DirectoryOption();

        @CommandLine.Option(names = "--guest", paramLabel = "N", defaultValue = "1", description = "whose (default: ${DEFAULT-VALUE})")
        private int guest;

        Attach(Terminal terminal, CliContext context) {
            this.terminal = terminal;
            this.context = context;
        }

        @Override
        public ExitCode call() {
            terminal.print(LabCommand.asked(LAB, () -> KernelLab.said(place.in(context), guest)));
            if (terminal.live()) LabCommand.asked(LAB, () -> new SerialLine(KernelLab.console(place.in(context), guest)).talk());
            return ExitCode.DONE;
        }
    }
}
