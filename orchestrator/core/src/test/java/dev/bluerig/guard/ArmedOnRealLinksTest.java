package dev.bluerig.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.armed.WayBack;
import dev.bluerig.cases.NeedsLab;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.way.RoutingTables;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.task.diff.Remedy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Drawn machines and changes that the guard refuses: armed, done, and taken back by the machine. It then answers again, and has the links,
/// addresses, routes and bridges that it had.
@Execution(ExecutionMode.CONCURRENT)
@NeedsLab(value = {"ip", "bridge", "ping", "arping", "sysctl", "setsid", "unshare", "ovs-vsctl", "ovsdb-server",
    "ovs-vswitchd"}, root = true)
class ArmedOnRealLinksTest {
    private static final int PATIENT = 8;
    /// A neighbour that knew another MAC address: half a minute and more (arp(7), `base_reachable_time`), in rounds of 0.4 seconds.
    private static final int UNTIL_ASKED_AGAIN = 150;
    private static final Duration LONG = Duration.ofMinutes(20);

    @TempDir
    Path directory;

    private int cut;
    private int drawn;

    @Test
    void what_was_refused_is_done_armed_and_the_machine_takes_it_back() {
        draw(4711, 6);
    }

    @Tag("long")
    @Test
    void what_was_refused_is_taken_back_in_many_draws() {
        draw(90001, Integer.getInteger("bluerig.armed", 200));
    }

    private void draw(long seed, int refused) {
        try (var lab = new WayLab()) {
            for (long i = seed; drawn < refused; i++) one(lab, i);
        }
        System.out.printf("%d armed changes taken back; %d of them had cut the machine off%n", drawn, cut);
    }

    private void one(WayLab lab, long seed) {
        var random = new Random(seed * 7919);
        var world = new WayWorld(random);
        var change = WayChange.draw(world, random);
        if (change.deeds().isEmpty() || change.undo().isEmpty()) return;
        try {
            lab.build(world);
            assertTrue(lab.answers(world, PATIENT), "seed " + seed + ": nobody answered before anything was changed: " + world);
            var undo = change.undo().stream().map(line -> Command.of(line.split(" "))).toList();
            var remedy = Remedy.of(List.of(Command.of("true")), undo, Set.of()).doing(change.deeds());
            if (new WayGuard(lab.way(world), Map.of()).refusal(remedy).isEmpty()) return;
            drawn++;
            WayIn before = known(lab.way(world));
            String told = "seed " + seed + ": " + change.deeds() + " on " + world;
            // the first one by the timer, the others as if it had come
            String said = takenBack(lab, world, change, new ArmedChange("draw-" + seed, remedy, WayBack.of(before, change.deeds()),
                drawn == 1 ? Duration.ofSeconds(10) : LONG), told);
            assertEquals(state(before), state(known(lab.way(world))), told + "\n" + said);
            assertTrue(lab.answers(world, UNTIL_ASKED_AGAIN), told + ": nobody answers any more\n" + said);
        } finally {
            lab.clear(world);
        }
    }

    private String takenBack(WayLab lab, WayWorld world, WayChange change, ArmedChange armed, String told) {
        armed.arming().forEach(command -> ok(lab.run(command, directory), told));
        lab.change(change);
        ok(lab.run(armed.stillArmed(), directory), told + ": the timer was too early for this machine");
        if (armed.after().equals(LONG)) {
            if (!lab.answers(world, 1)) cut++;
            ok(lab.run(armed.firing(), directory), told);
            assertTrue(((Reply.Ran) lab.run(armed.disarming(), directory)).status() != 0, told + ": disarmed though it was taken back");
        }
        Path result = directory.resolve("bluerig/armed").resolve(armed.name()).resolve("result");
        while (!Files.exists(result)) Thread.onSpinWait();
        String said = ((Reply.Ran) lab.run(armed.result(), directory)).out();
        assertTrue(said.matches("(?s)restored at \\d+, failed commands: \\d+\n.*"), told + ": " + said);
        ok(lab.run(armed.forgetting(), directory), told);
        return said;
    }

    private static void ok(Reply reply, String told) {
        assertTrue(assertInstanceOf(Reply.Ran.class, reply, told).ok(), told + ": " + reply);
    }

    private static WayIn known(Reading<WayIn> way) {
        return way instanceof Reading.Known<WayIn>(WayIn seen) ? seen : org.junit.jupiter.api.Assertions.fail(way.toString());
    }

    /// What was set by somebody; not what the kernel and the switch make of it.
    private static Map<String, Object> state(WayIn way) {
        var state = new TreeMap<String, Object>();
        for (Link link : way.links().all())
            state.put(link.name().text(), List.of(link.up(), link.mtu(), link.master(), link.addresses().stream()
                .filter(address -> !address.cidr().address().startsWith("fe80:")).map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new))));
        state.put("routes", way.tables().routes().stream().filter(route -> !route.connected() && !route.table().equals("local"))
            .filter(route -> !(route.kind().equals("multicast") || route.kind().equals("anycast")))
            .map(route -> new RoutingTables.Route(route.to(), route.kind(), route.table(), route.six(), route.hops(), Set.of(),
                route.metric(), route.bound(), false).toString()).collect(Collectors.toCollection(TreeSet::new)));
        state.put("bridges", way.ovs().ifKnown().map(ovs -> ovs.bridges().stream().collect(Collectors.toMap(OvsTopology.Bridge::name,
            bridge -> bridge.ports().stream().flatMap(port -> port.interfaces().stream()).map(one -> one.name() + one.type()
                + one.options()).collect(Collectors.toCollection(TreeSet::new))))).map(TreeMap::new).orElseGet(TreeMap::new));
        return state;
    }
}
