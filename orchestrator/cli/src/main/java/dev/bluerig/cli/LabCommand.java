package dev.bluerig.cli;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.namespace.NamespaceLab;
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

    static CommandLine line(Terminal terminal, World world) {
        var namespace = new CommandLine(new Namespace());
        namespace.addSubcommand(new Up(terminal, world)).addSubcommand(new Down(terminal, world)).addSubcommand(new Status(terminal, world));
        return new CommandLine(new LabCommand()).addSubcommand(SimCommand.line(terminal, world)).addSubcommand(namespace);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which lab? sim or namespace");
    }

    @CommandLine.Command(name = "namespace", mixinStandardHelpOptions = true,
        description = "real OpenSSH and Open vSwitch in network namespaces; needs root on Linux")
    private static final class Namespace implements Runnable {
        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            throw new CommandLine.ParameterException(spec.commandLine(), "what? up, down or status");
        }
    }

    /// Where the lab's files lie.
    private static final class Place {
        @CommandLine.Option(names = "--directory", paramLabel = "DIR", defaultValue = ".lab", description = "where its inventory, keys and state lie (default: ${DEFAULT-VALUE})")
        private Path directory;
    }

    @CommandLine.Command(name = "up", mixinStandardHelpOptions = true, description = "start it in factory state")
    private static final class Up implements Callable<Integer> {
        private final Terminal terminal;
        private final World world;

        @CommandLine.Mixin
        private Place place = new Place();

        @CommandLine.Option(names = "--pairs", paramLabel = "N", defaultValue = "1", description = "pairs of two hosts and two DPUs (default: ${DEFAULT-VALUE})")
        private int pairs;

        @CommandLine.Option(names = "--without-ovs", description = "plain SSH machines: no Open vSwitch on the DPUs")
        private boolean withoutOvs;

        Up(Terminal terminal, World world) {
            this.terminal = terminal;
            this.world = world;
        }

        @Override
        public Integer call() {
            var options = withoutOvs ? NamespaceLab.Options.pairs(pairs).withoutOvs() : NamespaceLab.Options.pairs(pairs);
            var ready = asked(() -> NamespaceLab.up(world.directory().resolve(place.directory), options));
            terminal.say("up: " + String.join(", ", ready.machines()));
            terminal.say("next: bluerig check -i " + ready.inventory());
            return 0;
        }
    }

    @CommandLine.Command(name = "down", mixinStandardHelpOptions = true, description = "end it and leave nothing behind")
    private static final class Down implements Callable<Integer> {
        private final Terminal terminal;
        private final World world;

        @CommandLine.Mixin
        private Place place = new Place();

        Down(Terminal terminal, World world) {
            this.terminal = terminal;
            this.world = world;
        }

        @Override
        public Integer call() {
            asked(() -> {
                NamespaceLab.down(world.directory().resolve(place.directory));
                return true;
            });
            terminal.say("down");
            return 0;
        }
    }

    @CommandLine.Command(name = "status", mixinStandardHelpOptions = true, description = "say which machines of it run; exit 1 when it is not wholly up")
    private static final class Status implements Callable<Integer> {
        private final Terminal terminal;
        private final World world;

        @CommandLine.Mixin
        private Place place = new Place();

        Status(Terminal terminal, World world) {
            this.terminal = terminal;
            this.world = world;
        }

        @Override
        public Integer call() {
            var status = asked(() -> NamespaceLab.status(world.directory().resolve(place.directory)));
            terminal.say(status.text());
            return status.up() ? 0 : 1;
        }
    }

    private interface Asked<T> {
        T get() throws LabFailed;
    }

    private static <T> T asked(Asked<T> lab) {
        try {
            return lab.get();
        } catch (LabFailed failed) {
            throw new InvalidInput(Location.file("lab namespace"), failed.getMessage());
        }
    }
}
