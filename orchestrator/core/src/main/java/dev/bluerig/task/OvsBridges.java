package dev.bluerig.task;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Links;
import dev.bluerig.fact.OvsTopology;
import dev.bluerig.source.Described;
import dev.bluerig.source.Items;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The switch plane of a machine: all wanted bridges at once, because Open vSwitch changes them in one transaction or not at all.
///
/// A bridge that nobody named and that holds no wanted port is left alone. A bridge that loses its wanted ports is deleted when
/// everything else on it went along or was to be dropped.
@Named("ovs_bridge")
@Items
@Described(value = "Open vSwitch bridges, all of a machine in one transaction. Ports are moved with their settings, never recreated.",
    example = "ovs_bridge:\n- {bridge: ovs-br0, ports: [p0, pf0hpf]}\n- {bridge: ovs-br1, ports: [p1, pf1hpf], other_ports: keep}")
public record OvsBridges(List<OvsBridge> bridges) implements Task<OvsBridges.Seen> {
    private static final Duration SETTLE = Duration.ofSeconds(15);

    /// The switch, and the links that it may join or lose.
    public record Seen(OvsTopology ovs, Links links) {}

    public OvsBridges {
        bridges = List.copyOf(bridges);
        if (bridges.isEmpty()) throw new IllegalArgumentException("no bridge is named");
        var names = new HashSet<String>();
        for (OvsBridge bridge : bridges) {
            if (!names.add(bridge.bridge().text())) throw new IllegalArgumentException(bridge.bridge() + " is named twice");
            for (String port : bridge.portNames()) if (!names.add(port)) throw new IllegalArgumentException(port + " is named twice");
        }
    }

    @Override
    public Fact<Seen> wants() {
        return new OvsTopology.Seen().with(new Links.Seen(), Seen::new);
    }

    @Override
    public Task<?> on(Site site) {
        return NotHere.unlessNicMode(this, site);
    }

    @Override
    public Diff diff(Seen seen) {
        var plan = OvsPlan.of(bridges, seen.ovs());
        if (plan.nothingToDo()) return working(plan, seen);
        var obstacle = OvsObstacles.of(plan, seen.ovs(), seen.links());
        if (obstacle.isPresent()) return obstacle.get();
        return new Diff.Mendable(changes(plan), new Remedy(List.of(OvsTransaction.there(plan, seen.ovs())), List.of(OvsTransaction.back(plan)),
            touches(plan, seen.ovs()), SETTLE));
    }

    /// `add-port` of a device that cannot be opened exits 0: what counts is `ofport` and `error`.
    private Diff working(OvsPlan plan, Seen seen) {
        var absent = OvsObstacles.absent(plan, seen.ovs(), seen.links());
        if (absent.isPresent()) return absent.get();
        var broken = seen.ovs().ports().filter(port -> bridges.stream().anyMatch(bridge -> bridge.wants(port.name())))
            .flatMap(port -> port.interfaces().stream()).filter(device -> !device.works()).map(OvsPorts::broken).toList();
        return broken.isEmpty() ? new Diff.Same() : new Diff.Unmet(Finding.OVS_PORT_FAILED, broken, "");
    }

    private static List<Change> changes(OvsPlan plan) {
        var changes = new ArrayList<Change>();
        plan.created().forEach(bridge -> changes.add(new Change("bridge " + bridge, "present", "absent")));
        plan.moves().forEach(move -> changes.add(new Change("port " + move.port(), "on " + move.to() + (move.along() ? " (moves along)" : ""), "on " + move.from())));
        plan.adds().forEach(add -> changes.add(new Change("port " + add.port(), "on " + add.to(), "on no bridge")));
        plan.drops().forEach(drop -> changes.add(new Change("port " + drop.port().name(), "absent", "on " + drop.from().name())));
        plan.deleted().forEach(bridge -> changes.add(new Change("bridge " + bridge.name(), "absent", "present")));
        return changes;
    }

    /// Every bridge that changes, with everything on it.
    private static Set<String> touches(OvsPlan plan, OvsTopology ovs) {
        var bridges = new TreeSet<>(plan.created());
        plan.deleted().forEach(bridge -> bridges.add(bridge.name()));
        plan.moves().forEach(move -> bridges.addAll(List.of(move.from(), move.to())));
        plan.drops().forEach(drop -> bridges.add(drop.from().name()));
        plan.adds().forEach(add -> bridges.add(add.to()));
        var touches = new TreeSet<>(bridges);
        plan.adds().forEach(add -> touches.add(add.port()));
        bridges.stream().flatMap(name -> ovs.bridge(name).stream()).forEach(bridge -> touches.addAll(OvsPorts.names(bridge)));
        return touches;
    }
}
