package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Session;
import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.sim.Fault;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many machines over real SSH, two of them out: short words, everything else done, and what a machine costs counted (promise 5).
class FleetScaleTest {
    /// The least that holds the machines that are struck; and what a large site has.
    private static final int SOME_PAIRS = 24;
    private static final int MANY_PAIRS = 50;
    /// Five plays of ten tasks; a line for each kind of end and each of its changes.
    private static final int MOST_LINES = 120;
    /// Where machines agree, whatever their number: more than four of a kind are one line.
    private static final int LINES_OF_AGREEMENT = 40;
    private static final int AGREEING_PAIRS = 3;

    @TempDir
    private Path directory;
    private SimLab lab;
    private LabRuns runs;

    private void start(int pairs) throws IOException {
        lab = SimLab.start(SimTopology.of(pairs));
        runs = new LabRuns(directory.resolve("runs"), lab.writeInventory(directory.resolve("lab")), Duration.ofSeconds(60));
    }

    @AfterEach
    void end() throws IOException {
        if (lab != null) lab.close();
    }

    private LabRuns.Left timed(String what, String... words) throws IOException {
        long begun = System.nanoTime();
        var left = runs.run(words);
        System.gc();
        var runtime = Runtime.getRuntime();
        System.out.printf("%s of %d machines: %d ms, %d MB of heap with the lab, %d lines%n", what, lab.topology().names().size(),
            (System.nanoTime() - begun) / 1_000_000, (runtime.totalMemory() - runtime.freeMemory()) >> 20, left.out().lines().count());
        assertTrue(left.out().lines().count() < MOST_LINES, left.out());
        return left;
    }

    @Test
    void a_fleet_with_a_dead_host_and_a_dead_dpu_is_told_in_few_words_and_else_done() throws IOException {
        told_in_few_words_and_else_done(SOME_PAIRS);
    }

    @Tag("long")
    @Test
    void so_is_a_fleet_of_two_hundred_machines() throws IOException {
        told_in_few_words_and_else_done(MANY_PAIRS);
    }

    /// A screen: the first run of `bring-up`, in which every machine has something to be changed, and the second.
    @Test
    void machines_that_agree_are_told_on_one_screen() throws IOException {
        start(AGREEING_PAIRS);
        var first = runs.run("apply", "bring-up");
        assertEquals(0, first.exit(), first.out());
        assertTrue(first.out().lines().count() <= LINES_OF_AGREEMENT, first.out());
        assertTrue(first.out().contains("p0, pf0hpf, p1, pf1hpf mtu: 1500 -> 9216"), first.out());
        var second = runs.run("apply", "bring-up");
        assertTrue(second.out().lines().count() <= LINES_OF_AGREEMENT / 2, second.out());
        assertEquals(Map.of("ok", results(second.report().run())), second.report().counts());
    }

    @Tag("long")
    @Test
    void the_largest_simulated_lab_has_an_inventory_without_an_error() throws IOException {
        start(SimTopology.MOST_PAIRS);
        var lint = runs.run("lint", "bring-up");
        assertEquals(0, lint.exit(), lint.out() + lint.err());
        assertTrue(lint.out().contains("2000 hosts and 2000 DPUs, no fault"), lint.out());
    }

    private void told_in_few_words_and_else_done(int pairs) throws IOException {
        start(pairs);
        String last = "%03d".formatted(2 * pairs);
        lab.strike(new Fault.RefusedLogin("host-017"));
        var check = timed("check", "check", "bring-up");
        assertEquals(3, check.exit(), check.out());
        assertTrue(check.out().contains("host-[001:016], host-[018:" + last + "]: would change"), check.out());
        assertTrue(check.out().contains("enp177s0f0np0 (0000:b1:00.0) address 198.18.0.1/30 [host-001; each machine its own]: absent ->"
            + " present"), check.out());
        assertEquals(0, check.journal().events(JournalEvent.RemedyBegan.class).count());

        lab.strike(new Fault.DeadDpu("dpu-042"));
        var apply = timed("apply", "apply", "bring-up");
        assertEquals(3, apply.exit(), apply.out());
        assertTrue(apply.out().contains("dpu-[001:016], dpu-[018:041], dpu-[043:" + last + "]: changed"), apply.out());
        assertTrue(apply.out().contains("host-[001:016], host-[019:040], host-[043:" + last + "]: ok"), apply.out());
        assertEquals(3, apply.report().counts().get("unreachable"), "host-017, its DPU, and dpu-042");
        assertEquals(0, apply.report().counts().getOrDefault("failed", 0), apply.out());
        Map<String, Session.Traffic> traffic = apply.report().run().traffic();
        assertEquals(4 * pairs - 3, traffic.size());
        traffic.forEach((machine, cost) -> assertEquals("1 1", cost.connections() + " " + cost.execs(), machine));

        lab.heal("host-017");
        lab.heal("dpu-042");
        assertEquals(0, timed("second apply", "apply", "bring-up").exit());
        var third = timed("third apply", "apply", "bring-up");
        assertEquals(0, third.exit(), third.out());
        assertEquals(Map.of("ok", results(third.report().run())), third.report().counts());
        third.report().run().traffic().forEach((machine, cost) ->
            assertEquals(converged(machine), cost.connections() + " connection, " + cost.execs() + " exec, " + cost.roundTrips()
            + " round trips", machine));
        assertEquals(Map.of(), lab.unknownCommands());
    }

    /// Counted, so that one question more shows: a host is in four plays, of which some need a second link of their chain, a DPU in one.
    private static String converged(String machine) {
        return machine.startsWith("host") ? "1 connection, 1 exec, 6 round trips" : "1 connection, 1 exec, 2 round trips";
    }

    private static int results(RunRecord run) {
        return (int) run.results().filter(result -> result.outcome() == OutcomeStatus.OK).count();
    }
}
