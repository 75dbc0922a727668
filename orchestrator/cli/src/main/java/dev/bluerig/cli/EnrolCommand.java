package dev.bluerig.cli;

import dev.bluerig.cli.StyledLine.Style;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.ssh.Enrolment;
import dev.bluerig.run.Connections;
import dev.bluerig.run.ExitCode;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;

/// `bluerig enrol`: makes machines known: host key on file, factory password changed, the user's key installed.
@CommandLine.Command(name = "enrol", mixinStandardHelpOptions = true)
final class EnrolCommand implements Callable<ExitCode> {
    private final Terminal terminal;
    private final CliContext context;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Option(names = "--replace", description = "a machine was reinstalled: replace the host key on file")
    private boolean replace;

    @CommandLine.Option(names = "--yes", description = "trust every host key that is shown, without asking")
    private boolean yes;

    @CommandLine.Parameters(arity = "0..1", paramLabel = "MACHINES", description = "names, groups, ranges, patterns, with commas"
        + " between them (default: those of --limit, or all)")
    private Optional<String> names = Optional.empty();

    EnrolCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var read = project.inventory(context);
        if (replace && names.isEmpty())
            throw new InvalidInput(Location.file("--replace"), "name the machine that was reinstalled: bluerig enrol --replace NAME");
        var machines = names.map(text -> read.inventory().select(Location.file("enrol"), text)).orElse(project.limited(read.inventory()));
        ExitCode exit = ExitCode.DONE;
        for (Machine machine : hostsFirst(machines)) {
            if (context.stop().getAsBoolean()) return ExitCode.INTERRUPTED;
            if (!enrolled(read, machine)) exit = ExitCode.UNREACHABLE;
        }
        return exit;
    }

    /// A DPU is reached through its host, so the host must be known first.
    private static List<Machine> hostsFirst(List<Machine> machines) {
        return Stream.concat(machines.stream().filter(machine -> machine.via().isEmpty()),
            machines.stream().filter(machine -> machine.via().isPresent())).toList();
    }

    private boolean enrolled(ProjectOptions.Read read, Machine machine) {
        var settings = CliContext.settings(read.inventory(), read.file());
        var person = new PersonAtTerminal(terminal, yes);
        try (var dialing = context.dialing().open(read.inventory(), read.file()); var connections =
            new Connections(read.inventory(), dialing.dialer())) {
            var done = new Enrolment(settings, person).enrol(machine, way(read, machine, connections), replace);
            terminal.say(StyledLine.of(machine.name() + ": ").and(Style.GOOD, done.isEmpty() ? "nothing to do" : String.join("; ", done)));
            return true;
        } catch (Unreachable dead) {
            terminal.say(StyledLine.of(machine.name() + ": ").and(Style.BAD, dead.reason().name()).and(": " + dead.reason().meaning()));
            terminal.say(StyledLine.block("      ", "seen:",
                project.redaction().and(person.typed()).of(String.valueOf(dead.getMessage()))));
            terminal.say("      next: " + person.next().orElseGet(() -> next(read, machine, dead.reason())));
            return false;
        }
    }

    private static Optional<Session> way(ProjectOptions.Read read, Machine machine, Connections connections) throws Unreachable {
        if (machine.via().isEmpty()) return Optional.empty();
        Machine host = read.inventory().hostOf(machine).orElseThrow();
        try {
            return Optional.of(connections.own(host));
        } catch (Unreachable dead) {
            throw new Unreachable(ConnectionCode.HOST_UNREACHABLE, host.name() + ": " + dead.reason() + ": " + dead.getMessage(), dead);
        }
    }

    /// What a reason says for every command would often be: run this one.
    private static String next(ProjectOptions.Read read, Machine machine, ConnectionCode reason) {
        String in = " -i " + read.file() + " ";
        String host = read.inventory().hostOf(machine).map(Machine::name).orElse("");
        return switch (reason) {
            case CHANNEL_REFUSED -> "bluerig apply" + in + "dpu-way --limit " + host
                + " gives tmfifo its address on the host (the first play of bring-up); then this again. "
                + "If it has one: " + reason.next();
            case HOST_UNREACHABLE -> "mend the host first: bluerig enrol" + in + host;
            case HOST_KEY_CHANGED -> "after a reinstall: bluerig enrol" + in + "--replace " + machine.name();
            case HOST_SWAPPED -> "correct `address` in the inventory; if the machines were really exchanged: bluerig enrol" + in
                + "--replace " + machine.name();
            case METHOD_NOT_ALLOWED, KEYS_REFUSED, KEY_NOT_ENOUGH, KEY_NOT_TAKEN, LOGINS_CLOSED, SECRET_MISSING, CONFIG_NOT_FOLLOWED,
                PROXY_FAILED -> reason.next();
            case LOGIN_REFUSED -> "correct `ssh.user`, `ssh.identity` or `ssh.password` in the inventory, or do this again and type"
                + " another password";
            case PASSWORD_EXPIRED -> "do this again and type another new password";
            case HOST_KEY_UNKNOWN, NAME_UNKNOWN, NO_ROUTE, REFUSED, CONNECT_TIMEOUT, NOT_SSH, KEY_UNREADABLE, NO_COMMON_ALGORITHM,
                SHELL_UNUSABLE, SUDO_MISSING,
                 SUDO_PASSWORD_WANTED, SUDO_PASSWORD_WRONG, SUDO_NOT_FOR_SHELL, SUDO_NEEDS_TERMINAL, SUDO_REFUSED, NOT_ROOT,
                 ACCOUNT_REFUSED, SESSION_REFUSED,
                 CONNECTION_LOST, UPLOAD_REFUSED, TIMED_OUT -> reason.next().replace("NAME", machine.name());
        };
    }
}
