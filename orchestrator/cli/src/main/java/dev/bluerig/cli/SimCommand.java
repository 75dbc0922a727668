package dev.bluerig.cli;

import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.run.ExitCode;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig lab sim`: simulated machines that stay until Ctrl-C.
@CommandLine.Command(name = "sim", mixinStandardHelpOptions = true, description = "simulated machines in this process, reached by real"
    + " SSH; needs nothing but the JDK")
final class SimCommand implements Runnable {
    private static final long GLANCE = 200;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    static CommandLine line(Terminal terminal, CliContext context) {
        return new CommandLine(new SimCommand()).addSubcommand(new Up(terminal, context));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "what? up");
    }

    @CommandLine.Command(name = "up", mixinStandardHelpOptions = true, description = "start it in factory state and stay until Ctrl-C")
    private static final class Up implements Callable<ExitCode> {
        private final Terminal terminal;
        private final CliContext context;

        @CommandLine.Option(names = "--directory", paramLabel = "DIR", defaultValue = ".lab-sim",
            description = "where its inventory and keys lie (default: ${DEFAULT-VALUE})")
        private Path directory;

        @CommandLine.Option(names = "--pairs", paramLabel = "N", defaultValue = "1",
            description = "pairs of two hosts and two DPUs (default: ${DEFAULT-VALUE})")
        private int pairs;

        @CommandLine.Option(names = "--factory-login", description = "the DPUs have the expired factory password, as after a fresh"
            + " image: try `bluerig enrol`")
        private boolean factoryLogin;

        Up(Terminal terminal, CliContext context) {
            this.terminal = terminal;
            this.context = context;
        }

        @Override
        public ExitCode call() throws IOException, InterruptedException {
            if (pairs < 1 || pairs > SimTopology.MOST_PAIRS)
                throw new InvalidInput(Location.file("--pairs"), "1 to " + SimTopology.MOST_PAIRS + ", found " + pairs);
            var plain = SimTopology.of(pairs);
            try (var lab = SimLab.start(new SimTopology(plain.pairs(), factoryLogin, plain.sudoPassword(), plain.faults()))) {
                Path inventory = lab.writeInventory(context.directory().resolve(directory));
                terminal.say("up: " + FoldedNames.names(lab.topology().names()));
                terminal.say("next, in another terminal: "
                    + (factoryLogin ? "bluerig apply -i " + inventory + " dpu-way; bluerig enrol -i " : "bluerig check -i ") + inventory);
                while (!context.stop().getAsBoolean()) Thread.sleep(GLANCE);
                lab.unknownCommands().forEach((machine, commands) -> terminal.complain(machine + " is not modelled for: " + commands));
            }
            terminal.say("down");
            return ExitCode.DONE;
        }
    }
}
