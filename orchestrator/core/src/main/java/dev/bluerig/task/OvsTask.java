package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.ovs.OvsDaemon;
import dev.bluerig.fact.ovs.OvsRestart;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.TcOffload;
import dev.bluerig.fact.system.Services;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Described;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.Remedy;
import dev.bluerig.task.diff.Touch;
import dev.bluerig.task.ovs.OvsPorts;
import dev.bluerig.task.ovs.OvsText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Open vSwitch hands flows to the card.
///
/// OVS is restarted when `hw-offload` changed its value, in both directions: switching it on works at once upstream, but
/// ovs-vswitchd.conf.db(5) asks for a restart, NVIDIA's boot script (mlnx_bf_configure) does one, and flows stay in software when it was
/// switched off before in the same life of ovs-vswitchd. A restart may leave `hw-tc-offload` off, so it is set again on every link of
/// OVS-kernel that lets it be set. An unchanged value is a reason to restart only when ovs-vswitchd does not run with it: when it says so,
/// or when our own mark says that it was not started since the value was written. A switch that is dead is started.
@TaskName("ovs")
@Described(value = "Open vSwitch as a whole: whether it hands flows to the card.", example = "ovs: {hw_offload: true}")
public record OvsTask(@Described(value = "Flows are offloaded; a change restarts Open vSwitch and drops traffic for seconds.",
    example = "true") boolean hwOffload,
                  @Described(value = "A restart takes away the OpenFlow rules, groups and meters of all bridges, and what OpenFlow set"
                  + " of their ports. `refuse`: where there is more than the one rule NORMAL, that is a failure; `drop`: they are lost.",
                      absent = "refuse") Flows flows)
    implements Task<OvsTask.Seen> {
    /// A restart ends when ovs-vswitchd has read its database; opening ports of a card may take longer.
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final Duration RESTART = Duration.ofSeconds(120);
    // Debian's name, Red Hat's name
    private static final List<String> SERVICES = List.of("openvswitch-switch.service", "openvswitch.service");

    public enum Flows { DROP, REFUSE }

    /// Everything that a restart can spoil.
    public record Seen(OvsDaemon daemon, OvsTopology ovs, TcOffload tc, Services services, Links links, OvsRestart restart) {}

    /// Rules that a restart would take away stay.
    OvsTask(boolean hwOffload) {
        this(hwOffload, Flows.REFUSE);
    }

    @Override
    public Fact<Seen> wants() {
        return new OvsDaemon.Seen().with(new OvsTopology.Seen().maybe(), new TcOffload.Seen().maybe(),
            new OvsRestart.Seen(hwOffload).maybe(), Switch::new)
            .with(new Services.Seen(SERVICES), new Links.Seen(), Switch::seen).flatMap(seen -> seen);
    }

    /// What a dead switch holds is not known, and needs not be, to start it.
    private record Switch(OvsDaemon daemon, Reading<OvsTopology> ovs, Reading<TcOffload> tc, Reading<OvsRestart> restart) {
        Reading<Seen> seen(Services services, Links links) {
            boolean lives = daemon.state() == OvsDaemon.State.RUNNING;
            Reading<OvsTopology> held = lives ? ovs : Reading.known(OvsTopology.EMPTY);
            Reading<TcOffload> flags = lives ? tc : Reading.known(new TcOffload(Map.of()));
            return held.flatMap(topology -> flags.flatMap(offload -> restart.flatMap(lost ->
                Reading.known(new Seen(daemon, topology, offload, services, links, lost)))));
        }
    }

    @Override
    public Task<?> on(MachineContext site) {
        return NotApplicable.unlessNicMode(this, site);
    }

    @Override
    public Set<Effect> brings() {
        return Set.of(Effect.SWITCH);
    }

    @Override
    public Diff diff(Seen seen) {
        if (seen.daemon().state() != OvsDaemon.State.RUNNING) return revived(seen);
        if (!seen.daemon().waiting().isEmpty()) return waiting(seen);
        if (seen.ovs().hwOffload() != hwOffload) return value(seen);
        return OvsRestart.needed(seen.daemon(), seen.ovs(), hwOffload) ? inEffect(seen) : flags(seen);
    }

    /// With a dead database ovs-vswitchd may live and go by its rules, which the start of the whole would take away.
    private Diff revived(Seen seen) {
        Diff revival = OvsStart.of(seen.daemon(), unit(seen), hwOffload);
        if (!(revival instanceof Diff.Mendable mendable)) return revival;
        var lost = OvsRestartLoss.changes(seen.restart(), flows);
        if (flows == Flows.REFUSE && !lost.isEmpty())
            return new Diff.Unmet(Finding.OVS_FLOWS, lost, OvsRestartLoss.WITHOUT_DATABASE).with(mendable.changes());
        var changes = new ArrayList<>(mendable.changes());
        changes.addAll(lost);
        return new Diff.Mendable(changes, mendable.remedy());
    }

    /// A restart of ours would put into effect what somebody else has not put into effect yet.
    private static Diff waiting(Seen seen) {
        return new Diff.Unmet(Finding.OVS_RESTART_PENDING, seen.daemon().waiting().stream()
            .map(name -> new Change(name, "in effect", "set, and Open vSwitch not restarted since")).toList(), "");
    }

    private static Optional<Services.Unit> unit(Seen seen) {
        return SERVICES.stream().map(seen.services()::unit).flatMap(Optional::stream).filter(Services.Unit::exists).findFirst();
    }

    private Diff value(Seen seen) {
        String found = seen.ovs().otherConfig().getOrDefault("hw-offload", "not set");
        var changes = new ArrayList<>(List.of(new Change("hw-offload", String.valueOf(hwOffload), found)));
        var first = List.of(set(String.valueOf(hwOffload), "external_ids:" + OvsDaemon.MARK + "=" + seen.daemon().mark()));
        var back = seen.ovs().otherConfig().containsKey("hw-offload") ? set(found) : unset();
        return restarted(seen, changes, first, List.of(back));
    }

    /// The value stands in the database, and ovs-vswitchd was started before it, or says that it runs otherwise.
    private Diff inEffect(Seen seen) {
        String found = seen.daemon().due() ? "written, and ovs-vswitchd not restarted since" : "ovs-vswitchd runs with "
            + seen.daemon().offloads().orElse(!hwOffload);
        return restarted(seen, new ArrayList<>(List.of(new Change("hw-offload", hwOffload + " in effect", found))), List.of(), List.of());
    }

    private Diff restarted(Seen seen, List<Change> changes, List<Command> first, List<Command> back) {
        var service = unit(seen).map(Services.Unit::name);
        if (service.isEmpty()) return new Diff.Unmet(Finding.OVS_SERVICE_UNKNOWN, changes, "");
        var off = hwOffload ? links(seen, Set.of(TcOffload.Flag.OFF)) : List.<String>of();
        off.forEach(link -> changes.add(tcChange(link)));
        var lost = OvsRestartLoss.changes(seen.restart(), flows);
        if (flows == Flows.REFUSE && !lost.isEmpty()) return new Diff.Unmet(Finding.OVS_FLOWS, lost, OvsRestartLoss.NEXT).with(changes);
        changes.addAll(lost);
        var restart = Command.of("systemctl", "restart", service.get()).within(RESTART);
        var commands = new ArrayList<>(first);
        commands.addAll(List.of(restart, OvsStart.UNMARK));
        if (hwOffload) links(seen, Set.of(TcOffload.Flag.OFF, TcOffload.Flag.ON)).forEach(link -> commands.add(tc(link, "on")));
        var undo = new ArrayList<>(back);
        if (!back.isEmpty()) undo.addAll(List.of(restart, OvsStart.UNMARK));
        undo.addAll(OvsRestartLoss.back(seen.restart(), !back.isEmpty()));
        off.forEach(link -> undo.add(tc(link, "off")));
        return new Diff.Mendable(changes, new Remedy(commands, undo, touches(seen, service.get()), Set.of(), SETTLE));
    }

    private Diff flags(Seen seen) {
        var broken = OvsPorts.broken(seen.ovs(), seen.links());
        if (!broken.isEmpty()) return new Diff.Unmet(Finding.OVS_PORT_FAILED, broken, "");
        var off = hwOffload ? links(seen, Set.of(TcOffload.Flag.OFF)) : List.<String>of();
        if (off.isEmpty()) return new Diff.Same();
        return new Diff.Mendable(off.stream().map(OvsTask::tcChange).toList(), new Remedy(off.stream().map(link -> tc(link, "on")).toList(),
            off.stream().map(link -> tc(link, "off")).toList(),
            off.stream().map(Touch.Link::new).collect(Collectors.toSet()), Set.of(), Duration.ZERO));
    }

    private static Change tcChange(String link) {
        return new Change(link + " hw-tc-offload", "on", "off");
    }

    private static List<String> links(Seen seen, Set<TcOffload.Flag> flags) {
        return seen.tc().links().entrySet().stream().filter(entry -> flags.contains(entry.getValue())).map(Map.Entry::getKey).toList();
    }

    private static Set<Touch> touches(Seen seen, String service) {
        var touches = new HashSet<Touch>(Set.of(new Touch.Service(service)));
        for (OvsTopology.Bridge bridge : seen.ovs().bridges()) {
            touches.add(new Touch.Bridge(bridge.name()));
            OvsPorts.names(bridge).stream().filter(name -> !name.equals(bridge.name())).forEach(name -> touches.add(new Touch.Link(name)));
        }
        return touches;
    }

    static Command set(String value, String... more) {
        var words =
            new ArrayList<>(List.of("ovs-vsctl", "--timeout=10", "--no-wait", "set", "open_vswitch", ".",
            "other_config:hw-offload=" + OvsText.of(value)));
        words.addAll(List.of(more));
        return Command.of(words);
    }

    private static Command unset() {
        return Command.of("ovs-vsctl", "--timeout=10", "--no-wait", "remove", "open_vswitch", ".", "other_config", "hw-offload");
    }

    private static Command tc(String link, String value) {
        return Command.of("ethtool", "-K", link, "hw-tc-offload", value);
    }
}
