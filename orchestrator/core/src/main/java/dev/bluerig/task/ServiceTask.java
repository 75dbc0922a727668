package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.system.Services;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Described;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.Remedy;
import dev.bluerig.task.diff.Touch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A systemd unit runs now, and at boot.
@TaskName("service")
@Described(value = "A systemd unit: whether it runs now, and whether it starts at boot.",
    example = "service: {name: rshim, enabled: true, running: true}")
public record ServiceTask(
    @Described(value = "Its name; `.service` may be left out. Open vSwitch and SSH are found by either of their names"
    + " (openvswitch-switch, openvswitch; ssh, sshd).", example = "rshim") String name,
    @Described(value = "Starts at boot; left out = as it is.", example = "true") Optional<Boolean> enabled,
    @Described(value = "Runs now; left out = as it is.", example = "true") Optional<Boolean> running) implements Task<Services> {
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    /// The same service under the names of Debian and Red Hat.
    private static final Map<String, List<String>> NAMES = Map.of(
        "openvswitch-switch.service", List.of("openvswitch-switch.service", "openvswitch.service"),
        "openvswitch.service", List.of("openvswitch.service", "openvswitch-switch.service"),
        "ssh.service", List.of("ssh.service", "sshd.service"), "sshd.service", List.of("sshd.service", "ssh.service"));

    public ServiceTask {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.@:\\\\-]*")) throw new IllegalArgumentException("not the name of a unit: " + name);
        if (enabled.isEmpty() && running.isEmpty())
            throw new IllegalArgumentException("service " + name + ": say `enabled`, `running` or both");
    }

    private List<String> units() {
        String unit = name.matches(".*\\.(service|socket|timer|target|path|mount)") ? name : name + ".service";
        return NAMES.getOrDefault(unit, List.of(unit));
    }

    @Override
    public Fact<Services> wants() {
        return new Services.Seen(units());
    }

    @Override
    public Set<Effect> brings() {
        return Set.of(Effect.SERVICES);
    }

    @Override
    public Diff diff(Services seen) {
        var there = seen.units().stream().filter(Services.Unit::exists).findFirst();
        if (there.isEmpty())
            return new Diff.Unmet(Finding.SERVICE_MISSING,
                List.of(new Change("service " + name, "installed", "no such unit: " + String.join(", ", units()))), "");
        Services.Unit unit = there.get();
        if (unit.masked() && (enabled.orElse(false) || running.orElse(false)))
            return new Diff.Unmet(Finding.SERVICE_MASKED, List.of(new Change("service " + unit.name(), "usable", "masked")),
                "systemctl unmask " + unit.name());
        return mend(unit);
    }

    private Diff mend(Services.Unit unit) {
        var changes = new ArrayList<Change>();
        var commands = new ArrayList<Command>();
        var undo = new ArrayList<Command>();
        var does = new ArrayList<Deed>();
        boolean settled = unit.startedByOthers() || unit.masked();
        if (enabled.isPresent() && !settled && enabled.get() != unit.enabled()) {
            changes.add(Change.atBoot("service " + unit.name() + " at boot", enabled.get() ? "enabled" : "disabled", unit.file().isEmpty()
                ? "unknown to systemd" : unit.file()));
            commands.add(systemctl(enabled.get() ? "enable" : "disable", unit));
            undo.addFirst(systemctl(enabled.get() ? "disable" : "enable", unit));
            // what does not run now lets nobody in now
            if (enabled.get() || unit.running()) does.add(new Deed.RunUnit(unit.name(), enabled.get() ? Deed.Verb.ENABLE
                : Deed.Verb.DISABLE));
        }
        if (running.isPresent() && !(running.get() ? unit.running() : unit.stopped())) {
            changes.add(new Change("service " + unit.name(), running.get() ? "active" : "inactive", unit.active() + " (" + unit.sub()
                + ")"));
            commands.add(systemctl(running.get() ? "start" : "stop", unit));
            undo.addFirst(systemctl(running.get() ? "stop" : "start", unit));
            does.add(new Deed.RunUnit(unit.name(), running.get() ? Deed.Verb.START : Deed.Verb.STOP));
        }
        return changes.isEmpty() ? new Diff.Same() : new Diff.Mendable(changes, remedy(commands, undo, new Touch.Service(unit.name()))
            .doing(does));
    }

    private static Remedy remedy(List<Command> commands, List<Command> undo, Touch unit) {
        return new Remedy(commands, undo, Set.of(unit), Set.of(unit), SETTLE);
    }

    private static Command systemctl(String verb, Services.Unit unit) {
        return Command.of("systemctl", verb, unit.name()).within(DEADLINE);
    }
}
