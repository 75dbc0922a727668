package dev.bluerig.cli;

import dev.bluerig.cli.Terminal.Style;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Enrolment;
import dev.bluerig.remote.KnownHosts;
import dev.bluerig.remote.PublicKeyText;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.run.Connections;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// `bluerig enrol`: makes machines known: host key on file, factory password changed, the user's key installed.
@CommandLine.Command(name = "enrol", mixinStandardHelpOptions = true,
    description = "put host keys on file, change factory passwords, install your key; doing it again changes nothing")
final class EnrolCommand implements Callable<Integer> {
    private static final int UNREACHABLE = 3;

    private final Terminal terminal;
    private final World world;

    @CommandLine.Mixin
    private Project project = new Project();

    @CommandLine.Option(names = "--replace", description = "a machine was reinstalled: replace the host key on file")
    private boolean replace;

    @CommandLine.Option(names = "--yes", description = "trust every host key that is shown, without asking")
    private boolean yes;

    @CommandLine.Parameters(arity = "0..1", paramLabel = "MACHINES", description = "names, groups, ranges, patterns (default: those of --limit, or all)")
    private Optional<String> names = Optional.empty();

    EnrolCommand(Terminal terminal, World world) {
        this.terminal = terminal;
        this.world = world;
    }

    @Override
    public Integer call() {
        var read = project.inventory(world);
        if (replace && names.isEmpty()) throw new InvalidInput(Location.file("--replace"), "name the machine that was reinstalled: bluerig enrol --replace NAME");
        var machines = names.map(text -> read.inventory().select(Location.file("enrol"), text)).orElse(project.limited(read.inventory()));
        int exit = 0;
        for (Machine machine : hostsFirst(machines)) if (!enrolled(read, machine)) exit = UNREACHABLE;
        return exit;
    }

    /// A DPU is reached through its host, so the host must be known first.
    private static List<Machine> hostsFirst(List<Machine> machines) {
        return java.util.stream.Stream.concat(machines.stream().filter(machine -> machine.via().isEmpty()), machines.stream().filter(machine -> machine.via().isPresent())).toList();
    }

    private boolean enrolled(Project.Read read, Machine machine) {
        var settings = World.settings(read.inventory(), read.file());
        try (var dialing = world.dialing().open(read.inventory(), read.file()); var connections = new Connections(read.inventory(), dialing.dialer())) {
            Optional<Session> way = machine.via().isEmpty() ? Optional.empty() : Optional.of(connections.own(read.inventory().hostOf(machine).orElseThrow()));
            var done = new Enrolment(settings, new AtTheKeyboard()).enrol(machine, way, replace);
            terminal.say(machine.name() + ": " + Style.GOOD.of(done.isEmpty() ? "nothing to do" : String.join("; ", done)));
            return true;
        } catch (Unreachable dead) {
            terminal.say(machine.name() + ": " + Style.BAD.of(dead.reason().name()) + ": " + dead.reason().meaning());
            terminal.say("      seen: " + dead.getMessage());
            terminal.say("      next: " + dead.reason().next());
            return false;
        }
    }

    private final class AtTheKeyboard implements Enrolment.Person {
        @Override
        public boolean trusts(String machine, PublicKeyText shown, List<KnownHosts.Entry> onFile) {
            terminal.say(machine + " shows the host key " + shown.type() + " " + shown.fingerprint() + (onFile.isEmpty() ? "" : ", another one is on file"));
            if (yes) return true;
            return terminal.keyboard().line("Is this the key that `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` shows on its console? yes or no: ")
                .filter(answer -> answer.strip().toLowerCase(Locale.ROOT).equals("yes")).isPresent();
        }

        @Override
        public Optional<Secret> password(String machine, String user) {
            return terminal.keyboard().hidden("password of " + user + " on " + machine + ": ");
        }

        @Override
        public Optional<Secret> newPassword(String machine, String user) {
            Optional<Secret> first = terminal.keyboard().hidden("a new password for " + user + " on " + machine + ": ");
            Optional<Secret> second = terminal.keyboard().hidden("the same again: ");
            if (first.equals(second)) return first;
            terminal.complain("the two differ");
            return Optional.empty();
        }
    }
}
