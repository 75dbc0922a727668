package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabFaults;
import dev.bluerig.report.Report;
import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.run.WrittenJournal;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bring-up from the command line, for a test that goes on with what it left: factory state, apply, nothing more to do, drift, a dead
/// DPU. Real OpenSSH, Open vSwitch, links.
abstract class BringUpInNamespaceLab {
    private static final List<String> MACHINES = List.of("host-a", "host-b", "dpu-a", "dpu-b");
    private static final String NOTICE = "NAMESPACE LAB";

    @TempDir
    static Path directory;
    static LabCommands desk;

    @AfterAll
    static void runsLeaveNothingInTheLabThatDownDoesNotKnow() {
        if (desk == null) return;
        desk.down();
        assertFalse(Files.exists(directory.resolve("lab")));
    }

    static void assertLines(LabCommands.Result result, String... lines) {
        for (String line : lines) assertTrue(result.has(line), "no `" + line + "` in:\n" + result.all());
    }

    private static Map<String, String> states() throws Exception {
        var states = new LinkedHashMap<String, String>();
        for (String machine : MACHINES) states.put(machine, desk.state(machine));
        return states;
    }

    @Test
    @Order(1)
    void check_lists_the_changes_and_makes_none() throws Exception {
        var before = states();
        assertTrue(before.get("dpu-a").contains("ovsbr1") && before.get("dpu-a").contains("en3f1pf1sf0"), before.get("dpu-a"));
        var check = desk.run("check");
        assertEquals(2, check.exit(), check.all());
        assertLines(check, "service rshim.service at boot: disabled -> enabled", "tmfifo_net0 address 192.168.100.1/30: absent -> present",
            "module tls: not loaded -> loaded", "dpu-a, dpu-b: skipped (not yet reachable",
            "ens5f0np0 (0000:b1:00.0), ens5f1np1 (0000:b1:00.1) mtu: 1500 -> 9000",
            "ens5f0np0 (0000:b1:00.0) address 192.0.2.1/30: absent -> present",
            "ens5f1np1 (0000:b1:00.1) address 192.0.2.6/30: absent -> present",
            "ens5f0np0 (0000:b1:00.0), ens5f1np1 (0000:b1:00.1) tls-hw-rx-offload: off -> on", NOTICE);
        assertEquals(before, states());
    }

    @Test
    @Order(2)
    void apply_brings_it_up() throws Exception {
        var apply = desk.run("apply");
        assertEquals(0, apply.exit(), apply.all());
        assertLines(apply, "port p0, pf0hpf: on ovsbr1 -> on ovs-br0", "port en3f0pf0sf0: on ovsbr1 -> on ovs-br0 (moves along)",
            "hw-offload: not set -> true", NOTICE);
        for (String peer : List.of("192.0.2.2", "192.0.2.6")) {
            String said = desk.in("host-a", "ping", "-n", "-M", "do", "-c", "3", "-i", "0.2", "-W", "1", "-s", "8972", peer);
            assertTrue(said.contains("3 received"), said);
        }
        for (String dpu : List.of("dpu-a", "dpu-b")) {
            assertEquals("ovs-br0: en3f0pf0sf0 p0 pf0hpf; ovs-br1: en3f1pf1sf0 p1 pf1hpf", desk.bridges(dpu));
            assertEquals("\"true\"", desk.offload(dpu));
        }
        for (String host : List.of("host-a", "host-b")) assertTrue(desk.in(host, "ls", "/etc/netplan").contains("60-bluerig-"), host);
        assertRemediesAreJournalled();
        assertPagesSayWhereTheyComeFrom();
    }

    /// Acting is on disk before acted, and both before the outcome.
    private static void assertRemediesAreJournalled() throws Exception {
        var open = new LinkedHashMap<JournalEvent.Place, Class<?>>();
        int remedies = 0;
        for (JournalEvent event : WrittenJournal.read(desk.last().resolve("journal.jsonl")).events()) {
            switch (event) {
                case JournalEvent.RemedyBegan begun -> {
                    assertNull(open.put(begun.place(), JournalEvent.RemedyBegan.class), event.toString());
                    remedies++;
                }
                case JournalEvent.RemedyEnded(_, var place, _) ->
                    assertEquals(JournalEvent.RemedyBegan.class, open.put(place, JournalEvent.RemedyEnded.class), event.toString());
                case JournalEvent.TaskEnded(_, var place, var result) ->
                    assertEquals(result.outcome() == OutcomeStatus.CHANGED ? JournalEvent.RemedyEnded.class : null,
                        open.put(place, JournalEvent.TaskEnded.class), event.toString());
                case JournalEvent.RunBegan _, JournalEvent.TrialProgress _, JournalEvent.Cleaned _, JournalEvent.FlipBegan _,
                    JournalEvent.FlipEnded _, JournalEvent.CellJudged _, JournalEvent.Purged _, JournalEvent.NotPurged _,
                    JournalEvent.Armed _, JournalEvent.Released _, JournalEvent.RunEnded _ -> { }
            }
        }
        assertEquals(desk.report().counts().get("changed"), remedies);
        assertTrue(open.values().stream().allMatch(JournalEvent.TaskEnded.class::equals), open.toString());
    }

    private static void assertPagesSayWhereTheyComeFrom() throws Exception {
        Path run = desk.last();
        for (String section : Files.readString(run.resolve("report.md")).split("\n#+ (?=Play|Cost)"))
            assertTrue(section.contains(NOTICE), section);
        for (String suite : Files.readString(run.resolve("junit.xml")).split("<testsuite ")) assertTrue(suite.contains(NOTICE), suite);
        assertTrue(desk.report().notice().startsWith(NOTICE), desk.report().notice());
    }

    @Test
    @Order(3)
    void a_second_apply_has_nothing_to_do() throws Exception {
        var before = states();
        var again = desk.run("apply");
        assertEquals(0, again.exit(), again.all());
        Report report = desk.report();
        assertEquals(Map.of("ok", 20), report.counts());
        assertTrue(WrittenJournal.read(desk.last().resolve("journal.jsonl")).events(JournalEvent.RemedyBegan.class).findAny().isEmpty(),
            "a remedy ran");
        assertEquals(before, states());
        assertEquals(Set.copyOf(MACHINES), report.run().traffic().keySet());
        report.run().traffic().forEach((machine, cost) -> {
            assertEquals(1, cost.connections(), machine + ": " + cost);
            assertEquals(1, cost.execs(), machine + ": " + cost);
            int plays = machine.startsWith("dpu-") ? 1 : 4;
            assertTrue(cost.roundTrips() <= 2 * plays, machine + ": " + cost);
        });
    }

    @Test
    @Order(4)
    void it_is_accepted() throws Exception {
        var accept = desk.run("accept", "bring-up");   // the shipped trials want hardware, and there is none
        assertEquals(0, accept.exit(), accept.all());
        assertPagesSayWhereTheyComeFrom();
        var runs = desk.run("runs");
        assertLines(runs, "exit 2", "exit 0", "bring-up.yaml");
        assertEquals(4, runs.out().lines().count(), runs.all());
    }

    /// One thing that somebody did by hand: on `machine`, and how `check` names it.
    private record Drift(String machine, List<String> done, String named) {}

    private static final List<Drift> DRIFTS = List.of(
        new Drift("dpu-a", List.of("ovs-vsctl", "--timeout=10", "del-port", "ovs-br0", "pf0hpf"),
        "port pf0hpf: on no bridge -> on ovs-br0"),
        new Drift("dpu-a", List.of("ovs-vsctl", "--timeout=10", "set", "Open_vSwitch", ".", "other_config:hw-offload=false"),
        "hw-offload: false -> true"),
        new Drift("dpu-b", List.of("ip", "link", "set", "dev", "p1", "mtu", "1500"), "p1 mtu: 1500 -> 9216"),
        new Drift("dpu-b", List.of("sed", "-i", "s/9216/1500/", "/etc/netplan/60-bluerig-p0.yaml"),
        "p0 at boot (netplan): other settings -> in /etc/netplan/60-bluerig-p0.yaml"),
        new Drift("host-a", List.of("ip", "address", "replace", "192.0.2.9/30", "dev", "ens5f0np0"),
        "address 192.0.2.9/30: present -> absent"),
        new Drift("host-a", List.of("ethtool", "-K", "ens5f1np1", "tls-hw-tx-offload", "off"),
        "ens5f1np1 (0000:b1:00.1) tls-hw-tx-offload: off -> on"),
        new Drift("host-b", List.of("ip", "address", "del", "192.0.2.2/30", "dev", "ens5f0np0"),
        "ens5f0np0 (0000:b1:00.0) address 192.0.2.2/30: absent -> present"),
        new Drift("host-b", List.of("ip", "link", "set", "dev", "ens5f1np1", "mtu", "1500"), "ens5f1np1 (0000:b1:00.1) mtu: 1500 -> 9000"));

    @Test
    @Order(5)
    void drift_by_hand_is_found_and_mended() throws Exception {
        for (Drift drift : DRIFTS) desk.in(drift.machine(), drift.done().toArray(String[]::new));
        var check = desk.run("check");
        assertEquals(2, check.exit(), check.all());
        for (Drift drift : DRIFTS) assertLines(check, drift.named());
        var accept = desk.run("accept", "--limit", "dpus");
        assertEquals(1, accept.exit(), accept.all());
        assertEquals("\"false\"", desk.offload("dpu-a"), "acceptance changes nothing");
        var apply = desk.run("apply");
        assertEquals(0, apply.exit(), apply.all());
        for (Drift drift : DRIFTS) assertLines(apply, drift.named());
        var after = desk.run("check");
        assertEquals(0, after.exit(), after.all());
    }

    @Test
    @Order(6)
    void a_dead_dpu_is_explained_from_its_host_and_the_others_are_done() throws Exception {
        var faults = new LabFaults(desk.inside("dpu-b"));
        faults.killSshd();
        desk.in("dpu-a", "ip", "link", "set", "dev", "p0", "mtu", "1500");
        for (String host : List.of("host-a", "host-b")) desk.in(host, "ethtool", "-K", "ens5f0np0", "tls-hw-rx-offload", "off");
        var apply = desk.run("apply");
        assertEquals(3, apply.exit(), apply.all());
        assertEquals(Set.of(), notDone("dpu-a"), apply.all());
        // all is done but the proof of the cables, which end in a switch that nobody saw
        for (String host : List.of("host-a", "host-b")) {
            var left = notDone(host);
            assertEquals(List.of(OutcomeStatus.SKIPPED), left.stream().map(TaskResult::outcome).toList(), apply.all());
            assertTrue(left.iterator().next().note().startsWith("dpu-b: "), apply.all());
        }
        assertLines(apply, "p0 mtu: 1500 -> 9216", "dpu-b: unreachable", "seen from host-b: tmfifo_net0 is up",
            "192.168.100.2 answers ping");
        var failure = results("dpu-b").stream().flatMap(result -> result.failure().stream()).findFirst().orElseThrow();
        assertTrue(failure.detail().contains("seen from host-b"), failure.toString());
        String junit = Files.readString(desk.last().resolve("junit.xml"));
        assertTrue(junit.contains("<error type=\"" + failure.code().name() + "\"") && junit.contains("seen from host-b"), junit);
        assertPagesSayWhereTheyComeFrom();

        faults.startSshd();
        var then = desk.run("apply");
        assertEquals(0, then.exit(), then.all());
    }

    private static List<TaskResult> results(String machine) throws Exception {
        var results = new ArrayList<TaskResult>();
        for (RunRecord.PlayRecord play : desk.report().run().plays())
            for (RunRecord.TaskRecord task : play.tasks())
                if (task.results().containsKey(machine)) results.add(task.results().get(machine));
        return results;
    }

    private static Set<TaskResult> notDone(String machine) throws Exception {
        var left = new java.util.HashSet<TaskResult>();
        for (TaskResult result : results(machine))
            if (result.outcome() != OutcomeStatus.OK && result.outcome() != OutcomeStatus.CHANGED) left.add(result);
        return left;
    }

    @Test
    @Order(7)
    void two_applies_of_one_inventory_do_not_meet() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        CliContext.DialerFactory slow = (inventory, file) -> {
            begun.countDown();
            try {
                if (!goOn.await(60, TimeUnit.SECONDS)) throw new AssertionError("nobody came");
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
            return LabCommands.SSH.open(inventory, file);
        };
        var first = CompletableFuture.supplyAsync(() -> desk.run(slow, "apply", "--limit", "host-a"));
        assertTrue(begun.await(60, TimeUnit.SECONDS), "the first apply did not begin");
        try {
            String second = another("apply");
            assertTrue(second.startsWith("exit 4: ") && second.contains("another apply of this inventory is running"), second);
            assertEquals(0, desk.run("check").exit(), "check takes no lock");
        } finally {
            goOn.countDown();
        }
        assertEquals(0, first.get(60, TimeUnit.SECONDS).exit());
    }

    /// The same command in a process of its own.
    private static String another(String command) throws Exception {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var words =
            new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", path,
            "dev.bluerig.cli.Main", command));
        words.addAll(desk.arguments());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (InputStream said = process.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            return "exit " + process.waitFor() + ": " + text;
        }
    }
}
