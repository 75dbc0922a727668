package dev.bluerig.task.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.OvsTopology.Bridge;
import dev.bluerig.fact.ovs.OvsTopology.Flavour;
import dev.bluerig.fact.ovs.OvsTopology.Port;
import dev.bluerig.inventory.LinkName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Whatever is found and whatever is wanted: a plan that is not refused leads there in one step, and touches nothing else.
class OvsPlanTest {
    private static final List<String> PORTS = List.of("p0", "pf0hpf", "en3f0pf0sf0", "en3f0pf0sf1", "p1", "pf1hpf", "en3f1pf1sf0", "vnet0");

    @Test
    void any_topology_ends_as_wanted() {
        int carriedOut = 0;
        for (int seed = 0; seed < 5000; seed++) {
            var random = new Random(seed);
            var found = topology(random);
            var wanted = wanted(random);
            var plan = OvsPlan.of(wanted, found);
            if (!plan.refused().isEmpty()) continue;
            endsAsWanted(found, wanted, plan);
            if (!plan.nothingToDo()) carriedOut++;
        }
        assertTrue(carriedOut > 1000, "only " + carriedOut + " plans were carried out");
    }

    private static void endsAsWanted(OvsTopology found, List<OvsBridgeSpec> wanted, OvsPlan plan) {
        var end = carriedOut(plan, found);
        String story = found + "\n" + wanted + "\n" + plan + "\n" + end;
        assertTrue(OvsPlan.of(wanted, end).nothingToDo(), () -> "a second run would change something:\n" + story + "\n"
            + OvsPlan.of(wanted, end));
        for (OvsBridgeSpec one : wanted) {
            var holders = one.portNames().stream().map(port -> end.holder(port).map(Bridge::name).orElse("none")).distinct().toList();
            assertEquals(1, holders.size(), story);
            if (one.accept() == OvsBridgeSpec.Accept.NAMED) assertEquals(one.bridge().text(), holders.getFirst(), story);
        }
        for (Bridge bridge : found.bridges()) {
            boolean concerned = wanted.stream().anyMatch(one -> one.bridge().text().equals(bridge.name())
                || one.portNames().stream().anyMatch(bridge::holds));
            if (!concerned) assertEquals(Optional.of(bridge), end.bridge(bridge.name()), story);
        }
        boolean keeps = wanted.stream().allMatch(one -> one.otherPorts() == OvsBridgeSpec.OtherPorts.KEEP);
        if (keeps) found.ports().forEach(port -> assertTrue(end.port(port.name()).isPresent(), () -> "lost " + port.name() + "\n" + story));
    }

    private static OvsTopology topology(Random random) {
        var names = new ArrayList<>(List.of("ovsbr1", "ovsbr2", "ovs-br0", "ovs-br1", "br-lab"));
        Collections.shuffle(names, random);
        var held = new TreeMap<String, TreeSet<String>>();
        names.subList(0, random.nextInt(names.size() + 1)).forEach(name -> held.put(name, new TreeSet<>()));
        var bridges = new ArrayList<>(held.keySet());
        if (!bridges.isEmpty())
            for (String port : PORTS) if (random.nextInt(5) > 0) held.get(bridges.get(random.nextInt(bridges.size()))).add(port);
        return of(held);
    }

    private static OvsTopology of(Map<String, TreeSet<String>> held) {
        var bridges = new ArrayList<Bridge>();
        held.forEach((name, ports) -> bridges.add(Bridge.plain(name, "").with(ports.stream().map(port -> new Port(port, List.of(),
            Optional.empty(), List.of(), Optional.empty(), false, Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of()))
            .toList())));
        return new OvsTopology(Flavour.KERNEL, Map.of(), bridges);
    }

    private static List<OvsBridgeSpec> wanted(Random random) {
        var wanted = new ArrayList<OvsBridgeSpec>();
        var accept = OvsBridgeSpec.Accept.values()[random.nextInt(2)];
        var others = OvsBridgeSpec.OtherPorts.values()[random.nextInt(3)];
        for (int i = 0; i <= random.nextInt(2); i++)
            wanted.add(new OvsBridgeSpec(new LinkName("ovs-br" + i), List.of(new LinkName("p" + i), new LinkName("pf" + i + "hpf")),
                accept, others, OvsBridgeSpec.Datapath.FOUND));
        return wanted;
    }

    private static OvsTopology carriedOut(OvsPlan plan, OvsTopology found) {
        var held = new TreeMap<String, TreeSet<String>>();
        found.bridges().forEach(bridge -> held.put(bridge.name(), new TreeSet<>(bridge.ports().stream().map(Port::name).toList())));
        plan.created().forEach(bridge -> held.put(bridge, new TreeSet<>()));
        plan.moves().forEach(move -> {
            assertTrue(held.get(move.from()).remove(move.port()), () -> "moved from where it is not: " + move);
            held.get(move.to()).add(move.port());
        });
        plan.adds().forEach(add -> held.get(add.to()).add(add.port()));
        plan.drops()
            .forEach(drop -> assertTrue(held.get(drop.from().name()).remove(drop.port().name()), () -> "dropped where it is not: " + drop));
        plan.deleted()
            .forEach(bridge -> assertEquals(new TreeSet<>(), held.remove(bridge.name()), "deleted with ports on it: " + bridge.name()));
        return of(held);
    }
}
