package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.ovs.OvsDaemon;
import dev.bluerig.fact.ovs.OvsFlows;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Described;
import dev.bluerig.source.Items;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.Remedy;
import dev.bluerig.task.diff.Touch;
import dev.bluerig.task.ovs.OvsBridgeSpec;
import dev.bluerig.task.ovs.OvsCarryOver;
import dev.bluerig.task.ovs.OvsDevices;
import dev.bluerig.task.ovs.OvsObstacles;
import dev.bluerig.task.ovs.OvsPlan;
import dev.bluerig.task.ovs.OvsPortConfig;
import dev.bluerig.task.ovs.OvsPorts;
import dev.bluerig.task.ovs.OvsPrograms;
import dev.bluerig.task.ovs.OvsTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The switch plane of a machine: all wanted bridges at once, because Open vSwitch changes them in one transaction or not at all.
///
/// A bridge that nobody named and that holds no wanted port is left alone. A bridge that loses its wanted ports is deleted when
/// everything else on it went along or was to be dropped.
@TaskName("ovs_bridge")
@Items
@Described(value = "Open vSwitch bridges, all of a machine in one transaction. Ports are moved with their settings, never recreated.",
    example = "ovs_bridge:\n- {bridge: ovs-br0, ports: [p0, pf0hpf]}\n- {bridge: ovs-br1, ports: [p1, pf1hpf], other_ports: keep}")
public record OvsBridgeTask(List<OvsBridgeSpec> bridges) implements Task<OvsBridgeTask.Seen> {
    private static final Duration SETTLE = Duration.ofSeconds(15);

    /// The switch, what its bridges were told beyond the database, and the links that it may join or lose; a dead switch holds nothing.
    public record Seen(OvsDaemon daemon, OvsTopology ovs, OvsFlows flows, Links links) {}

    public OvsBridgeTask {
        bridges = List.copyOf(bridges);
        if (bridges.isEmpty()) throw new IllegalArgumentException("no bridge is named");
        var names = new HashSet<String>();
        for (OvsBridgeSpec bridge : bridges) {
            if (!names.add(bridge.bridge().text())) throw new IllegalArgumentException(bridge.bridge() + " is named twice");
            for (String port : bridge.portNames()) if (!names.add(port)) throw new IllegalArgumentException(port + " is named twice");
        }
    }

    @Override
    public Fact<Seen> wants() {
        var names = bridges.stream().map(one -> one.bridge().text()).toList();
        var ports = bridges.stream().flatMap(one -> one.portNames().stream()).toList();
        return new OvsDaemon.Seen().with(new OvsTopology.Seen().maybe(), new OvsFlows.Seen(names, ports).maybe(), new Links.Seen(),
            OvsBridgeTask::seen).flatMap(seen -> seen);
    }

    private static Reading<Seen> seen(OvsDaemon daemon, Reading<OvsTopology> ovs, Reading<OvsFlows> flows, Links links) {
        if (daemon.state() != OvsDaemon.State.RUNNING)
            return Reading.known(new Seen(daemon, OvsTopology.EMPTY, new OvsFlows(Map.of()), links));
        return ovs.flatMap(topology -> flows.flatMap(programs -> Reading.known(new Seen(daemon, topology, programs, links))));
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
        var dead = OvsStart.obstacle(seen.daemon());
        return dead.isPresent() ? dead.get() : living(seen);
    }

    private Diff living(Seen seen) {
        var devices = OvsDevices.of(seen.ovs(), seen.links());
        var plan = OvsPlan.of(bridges, devices.ovs());
        var cleared = cleared(plan, seen.flows());
        var obstacle = OvsObstacles.of(plan, devices, seen.flows(), seen.links());
        if (plan.nothingToDo() && cleared.isEmpty()) return obstacle.isPresent() ? obstacle.get() : working(devices.ovs());
        if (obstacle.isPresent()) return obstacle.get().with(changes(plan, devices));
        var changes = changes(plan, devices);
        var ports = new OvsPortConfig(plan, devices, seen.flows());
        changes.addAll(ports.carried());
        programmed(plan, seen.flows()).filter(plan::keepsFlows).forEach(gone -> OvsCarryOver.successor(plan, gone).ifPresent(successor ->
            changes.add(new Change("OpenFlow rules of " + gone.name(), "on " + successor + " (move along)",
            OvsPrograms.shown(seen.flows().of(gone.name()))))));
        cleared.forEach(bridge ->
            changes.add(new Change("OpenFlow rules of " + bridge, "NORMAL alone", OvsPrograms.shown(seen.flows().of(bridge)))));
        return new Diff.Mendable(changes, new Remedy(there(plan, devices, ports, seen.flows(), cleared),
            back(plan, devices, ports, seen.flows(), cleared), touches(plan, devices, cleared), Set.of(), SETTLE)
            .doing(does(plan, devices, cleared)));
    }

    /// Wanted bridges that stay, and whose rules are named to be dropped.
    private static List<String> cleared(OvsPlan plan, OvsFlows flows) {
        return plan.targets().entrySet().stream()
            .filter(entry -> entry.getValue().flows() == OvsBridgeSpec.Flows.DROP && !plan.created().contains(entry.getKey()))
            .map(Map.Entry::getKey).filter(bridge -> flows.of(bridge).unknown().isEmpty() && !flows.of(bridge).isOrdinary()).toList();
    }

    private static List<Command> there(OvsPlan plan, OvsDevices devices, OvsPortConfig ports, OvsFlows flows, List<String> cleared) {
        var commands = new ArrayList<Command>();
        if (!plan.nothingToDo()) commands.add(OvsTransaction.there(plan, devices));
        commands.addAll(ports.there());
        programmed(plan, flows).filter(gone -> plan.keepsFlows(gone)).forEach(gone ->
            OvsCarryOver.successor(plan, gone).ifPresent(successor -> commands.addAll(OvsPrograms.put(successor, flows.of(gone.name())))));
        cleared.forEach(bridge -> commands.addAll(OvsPrograms.clear(bridge, flows.of(bridge))));
        return commands;
    }

    private static List<Command> back(OvsPlan plan, OvsDevices devices, OvsPortConfig ports, OvsFlows flows, List<String> cleared) {
        var commands = new ArrayList<Command>();
        if (!plan.nothingToDo()) commands.add(OvsTransaction.back(plan, devices));
        commands.addAll(ports.back());
        programmed(plan, flows).forEach(gone -> commands.addAll(OvsPrograms.put(gone.name(), flows.of(gone.name()))));
        cleared.forEach(bridge -> commands.addAll(OvsPrograms.put(bridge, flows.of(bridge))));
        return commands;
    }

    /// Bridges that go and were told more than to learn.
    private static Stream<OvsTopology.Bridge> programmed(OvsPlan plan, OvsFlows flows) {
        return plan.deleted().stream().filter(gone -> flows.of(gone.name()).unknown().isEmpty() && !flows.of(gone.name()).isOrdinary());
    }

    /// `add-port` of a device that cannot be opened exits 0: what counts is `ofport` and `error`.
    private Diff working(OvsTopology ovs) {
        var broken = ovs.ports().filter(port -> bridges.stream().anyMatch(bridge -> bridge.wants(port.name())))
            .flatMap(port -> port.interfaces().stream()).filter(device -> !device.works()).map(OvsPorts::broken).toList();
        return broken.isEmpty() ? new Diff.Same() : new Diff.Unmet(Finding.OVS_PORT_FAILED, broken, "");
    }

    private static List<Change> changes(OvsPlan plan, OvsDevices devices) {
        var changes = new ArrayList<Change>();
        plan.created().forEach(bridge -> changes.add(new Change("bridge " + bridge, "present", "absent")));
        plan.moves()
            .forEach(move ->
            changes.add(new Change("port " + devices.shown(move.port()), "on " + move.to() + (move.along() ? " (moves along)" : ""),
            "on " + move.from())));
        plan.adds().forEach(add -> changes.add(new Change("port " + add.port(), "on " + add.to(), "on no bridge")));
        plan.drops()
            .forEach(drop -> changes.add(new Change("port " + devices.shown(drop.port().name()), "absent", "on " + drop.from().name())));
        plan.deleted().forEach(bridge -> changes.add(new Change("bridge " + bridge.name(), "absent", "present")));
        plan.deleted().forEach(bridge -> changes.addAll(OvsCarryOver.carried(plan, bridge)));
        return changes;
    }

    /// One transaction: only what holds in the end counts. A port goes by its own name and by that of its record.
    private static List<Deed> does(OvsPlan plan, OvsDevices devices, List<String> cleared) {
        var deeds = new ArrayList<Deed>();
        plan.moves().forEach(move -> ports(move.port(), devices).forEach(port -> {
            deeds.add(new Deed.LeaveBridge(port, move.from()));
            deeds.add(new Deed.JoinBridge(port, move.to()));
        }));
        plan.drops().forEach(drop -> ports(drop.port().name(), devices)
            .forEach(port -> deeds.add(new Deed.LeaveBridge(port, drop.from().name()))));
        plan.adds().forEach(add -> deeds.add(new Deed.JoinBridge(add.port(), add.to())));
        plan.deleted().forEach(gone -> deeds.add(new Deed.DeleteBridge(gone.name())));
        cleared.forEach(bridge -> deeds.add(new Deed.Reprogram(bridge)));
        return deeds;
    }

    private static Set<String> ports(String port, OvsDevices devices) {
        var names = new TreeSet<>(List.of(port, devices.record(port)));
        devices.ovs().port(port).ifPresent(held -> held.interfaces().forEach(device -> names.add(device.name())));
        return names;
    }

    /// Every bridge that changes, with everything on it.
    private static Set<Touch> touches(OvsPlan plan, OvsDevices devices, List<String> cleared) {
        var bridges = new TreeSet<>(plan.created());
        bridges.addAll(cleared);
        plan.deleted().forEach(bridge -> bridges.add(bridge.name()));
        plan.moves().forEach(move -> bridges.addAll(List.of(move.from(), move.to())));
        plan.drops().forEach(drop -> bridges.add(drop.from().name()));
        plan.adds().forEach(add -> bridges.add(add.to()));
        var links = new TreeSet<String>();
        plan.adds().forEach(add -> links.add(add.port()));
        bridges.stream().flatMap(name -> devices.ovs().bridge(name).stream()).forEach(bridge -> links.addAll(OvsPorts.names(bridge)));
        List.copyOf(links).forEach(name -> links.add(devices.record(name)));
        bridges.forEach(name -> links.add(devices.record(name)));
        links.removeAll(bridges);
        return Stream.<Touch>concat(bridges.stream().map(Touch.Bridge::new), links.stream().map(Touch.Link::new))
            .collect(Collectors.toSet());
    }
}
