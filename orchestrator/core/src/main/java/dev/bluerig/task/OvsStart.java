package dev.bluerig.task;

import dev.bluerig.fact.ovs.OvsDaemon;
import dev.bluerig.fact.system.Services;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.Remedy;
import dev.bluerig.task.diff.Touch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An Open vSwitch that is dead, and how it is started.
///
/// Debian's `openvswitch-switch` is a oneshot that stays `active (exited)` when ovs-vswitchd or ovsdb-server is killed, so `start` would do
/// nothing: a unit that claims to be active is restarted, which starts the units that it requires.
final class OvsStart {
    static final Command UNMARK = Command.of("ovs-vsctl", "--timeout=10", "--no-wait", "remove", "open_vswitch", ".", "external_ids",
        OvsDaemon.MARK);
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private OvsStart() {}

    static Diff of(OvsDaemon daemon, Optional<Services.Unit> unit, boolean hwOffload) {
        var dead = new ArrayList<>(List.of(change(daemon, unit)));
        return switch (daemon.state()) {
            case NOT_INSTALLED -> new Diff.Unmet(Finding.OVS_NOT_INSTALLED, dead, "");
            case DATABASE_BROKEN -> new Diff.Unmet(Finding.OVS_DATABASE_BROKEN, dead, "");
            case SWITCH_HANGS -> new Diff.Unmet(Finding.OVS_NOT_ANSWERING, dead, "");
            case SWITCH_DEAD, DATABASE_DEAD -> unit.isEmpty()
                ? new Diff.Unmet(Finding.OVS_SERVICE_UNKNOWN, dead, "start ovsdb-server and ovs-vswitchd by hand:"
                + " /usr/share/openvswitch/scripts/ovs-ctl start")
                : unit.get().masked() ? new Diff.Unmet(Finding.SERVICE_MASKED, dead, "systemctl unmask " + unit.get().name())
                : start(daemon, unit.get(), hwOffload, dead);
            case RUNNING -> throw new IllegalArgumentException("it lives");
        };
    }

    /// The value is written before ovs-vswitchd starts; where the database is dead, too, it must live first.
    private static Diff start(OvsDaemon daemon, Services.Unit unit, boolean hwOffload, List<Change> changes) {
        var start = Command.of("systemctl", unit.running() ? "restart" : "start", unit.name()).within(DEADLINE);
        var restart = Command.of("systemctl", "restart", unit.name()).within(DEADLINE);
        var set = OvsTask.set(String.valueOf(hwOffload));
        changes.add(new Change("hw-offload", String.valueOf(hwOffload), "whatever it is: Open vSwitch does not run"));
        var commands = daemon.state() == OvsDaemon.State.DATABASE_DEAD ? List.of(start, set, restart, UNMARK) : List.of(set, start, UNMARK);
        return new Diff.Mendable(changes, new Remedy(commands, List.of(), Set.of(new Touch.Service(unit.name())), Set.of(), SETTLE));
    }

    static Change change(OvsDaemon daemon, Optional<Services.Unit> unit) {
        String service = unit.map(one -> " (" + one.name() + " is " + one.active() + ", " + one.sub() + ")").orElse("");
        return switch (daemon.state()) {
            case NOT_INSTALLED -> new Change("Open vSwitch", "installed", "not installed: " + daemon.why());
            case DATABASE_BROKEN -> new Change("database of Open vSwitch", "readable", daemon.why());
            case DATABASE_DEAD -> new Change("ovsdb-server", "running", "not running" + service + ": " + daemon.why());
            case SWITCH_HANGS -> new Change("ovs-vswitchd", "answering", daemon.why() + service);
            case SWITCH_DEAD, RUNNING -> new Change("ovs-vswitchd", "running", "not running" + service + ": " + daemon.why());
        };
    }

    /// For a task that does not start it: the finding that names the remedy.
    static Optional<Diff> obstacle(OvsDaemon daemon) {
        var change = List.of(change(daemon, Optional.empty()));
        return switch (daemon.state()) {
            case RUNNING -> Optional.empty();
            case NOT_INSTALLED -> Optional.of(new Diff.Unmet(Finding.OVS_NOT_INSTALLED, change, ""));
            case DATABASE_BROKEN -> Optional.of(new Diff.Unmet(Finding.OVS_DATABASE_BROKEN, change, ""));
            case SWITCH_HANGS -> Optional.of(new Diff.Unmet(Finding.OVS_NOT_ANSWERING, change, ""));
            case SWITCH_DEAD, DATABASE_DEAD -> Optional.of(new Diff.Unmet(Finding.OVS_NOT_RUNNING, change, ""));
        };
    }
}
