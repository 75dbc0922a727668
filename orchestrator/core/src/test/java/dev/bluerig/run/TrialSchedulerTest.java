package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.converge.Mode;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.agent.FakeAgentRuntime;
import dev.bluerig.trial.run.FakeHost;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialSkip;
import dev.bluerig.trial.run.TrialStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrialSchedulerTest {
    private static final String TRIAL = """
        - trial: Proof, each port!
          load: {direction: both, connections: 4, bytes: 4MiB}
          flip: true
          expect: {tx: hardware, rx: hardware}
        """;

    @TempDir
    private Path directory;
    private final Map<String, FakeHost> hosts = new LinkedHashMap<>();
    private final FakeAgentRuntime runtime = new FakeAgentRuntime(hosts);
    private final Set<String> unreachable = Collections.synchronizedSet(new TreeSet<>());
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    private RunHarness harness;

    @BeforeEach
    void harness() {
        harness = new RunHarness(directory);
    }

    /// So many pairs of hosts, one cable each.
    private String pairs(int count) {
        for (int i = 1; i <= count; i++) {
            for (int end = 1; end <= 2; end++) {
                var host = new FakeHost((end == 1 ? "a" : "b") + i, Map.of("0000:b1:00.0", "enp0"));
                host.addresses.put("enp0", "10.64." + i + "." + end);
                host.routes.put("10.64." + i + "." + (3 - end), "enp0");
                hosts.put(host.name, host);
            }
        }
        return """
            groups: {hosts: {ssh: {user: lab}}}
            machines:
              a[1:N]: {kind: host, groups: [hosts], address: "10.0.0.[1:N]", ports: [{pci: "0000:b1:00.0", address: "10.64.[1:N].1/30"}]}
              b[1:N]: {kind: host, groups: [hosts], address: "10.0.1.[1:N]", ports: [{pci: "0000:b1:00.0", address: "10.64.[1:N].2/30"}]}
            pairs:
              pair[1:N]: {ends: ["a[1:N]", "b[1:N]"], cables: [[0, 0]]}
            """.replace("N]", count + "]");
    }

    private Dialer dialer() {
        return (machine, way) -> {
            if (unreachable.contains(machine.name())) throw new Unreachable(ConnectionCode.CONNECT_TIMEOUT, "no answer");
            return hosts.get(machine.name());
        };
    }

    private final RunListener watching = new RunListener() {
        @Override
        public void playBegins(dev.bluerig.playbook.ResolvedPlay stage) {}

        @Override
        public void dialling(String machine) {}

        @Override
        public void acting(String machine, int task) {}

        @Override
        public void outcome(String machine, int task, dev.bluerig.converge.Outcome outcome) {}

        @Override
        public void playEnds(RunRecord.PlayRecord play) {}

        @Override
        public void trialBegins(String trial, List<String> pairs) {
            progress.add("begins " + trial + " " + pairs.size());
        }

        @Override
        public void trialMoves(String trial, String pair, TrialStep step) {
            progress.add(pair + " " + step.doing());
        }

        @Override
        public void trialEnds(String trial, List<TrialResult> results) {
            progress.add("ends " + trial + " " + results.size());
        }
    };

    private Run.Ended run(Mode mode, String inventory, String playbook, int forks, boolean purge, String... limit) throws IOException {
        var terms = new Run.Terms(mode, forks, Optional.empty(), stop::get, Thread::sleep, InstantSource.system(),
            new Run.TrialSetup(runtime, purge));
        return harness.run(terms, inventory, playbook, dialer(), watching, limit);
    }

    private String journal() throws IOException {
        return Files.readString(harness.last().resolve("journal.jsonl"));
    }

    @Test
    void a_trial_is_accepted_and_leaves_journal_evidence_and_progress() throws IOException {
        var ended = run(Mode.ACCEPT, pairs(2), TRIAL, 50, true);
        assertEquals(List.of(), ended.defects());
        assertEquals(ExitCode.DONE, ended.record().exit(), ended.record().trials().toString());
        assertEquals(List.of("pair1", "pair2"), ended.record().trials().stream().map(TrialResult::pair).toList());
        for (String event : List.of("\"event\":\"trial\"", "\"event\":\"flipping\"", "\"event\":\"flipped\"", "\"event\":\"cell\"",
            "\"event\":\"purged\"",
            "ethtool -K enp0 tls-hw-tx-offload on tls-hw-rx-offload on", "ended: accepted")) assertTrue(journal().contains(event),
            event + " in\n" + journal());
        String cell = Files.readString(harness.last().resolve("evidence/trials/01-proof-each-port/pair2/001.json"));
        for (String part : List.of("\"verdicts\"", "\"tx_tls_encrypted_bytes\"", "\"TlsTxDevice\"", "\"alongside\": 0", "\"off\""))
            assertTrue(cell.contains(part), part);
        assertEquals("begins Proof, each port! 2", progress.getFirst());
        assertEquals("ends Proof, each port! 2", progress.getLast());
        assertTrue(progress.containsAll(List.of("pair1 preconditions", "pair2 handshake", "pair1 payload", "pair2 flip")),
            progress.toString());
        assertEquals(4, runtime.purged.size());
    }

    @Test
    void only_accept_runs_trials() throws IOException {
        for (Mode mode : List.of(Mode.CHECK, Mode.APPLY)) {
            var ended = run(mode, pairs(1), TRIAL, 50, true);
            assertEquals("only `accept` runs trials", ended.record().trials().getFirst().skipped().orElseThrow().words());
            assertEquals(ExitCode.DONE, ended.record().exit());
            assertEquals(List.of(), runtime.purged);
        }
        hosts.values().forEach(host -> assertEquals(List.of(), host.ran));
    }

    @Test
    void what_limit_leaves_out_is_said_and_not_held_against_the_run() throws IOException {
        var ended = run(Mode.ACCEPT, pairs(2), TRIAL, 50, false, "a1", "b1", "a2");
        assertEquals(ExitCode.DONE, ended.record().exit());
        assertEquals(Map.of("pair2", "--limit leaves out b2", "pair1", ""),
            Map.of(ended.record().trials().get(0).pair(), skipped(ended.record().trials().get(0)),
            ended.record().trials().get(1).pair(), skipped(ended.record().trials().get(1))));
    }

    @Test
    void one_dead_pair_among_a_hundred_stops_nobody_else() throws IOException {
        String inventory = pairs(100);
        unreachable.add("b7");
        runtime.failsInPlay.put("a8", AgentCode.RECORD_CORRUPT);
        hosts.get("a9").transmit.put("enp0", false);
        var ended = run(Mode.ACCEPT, inventory, TRIAL, 40, false);
        assertEquals(List.of(), ended.defects());
        assertEquals(ExitCode.UNREACHABLE, ended.record().exit());
        assertEquals(97, ended.record().trials().stream().filter(TrialResult::accepted).count());
        assertEquals(100, ended.record().trials().size());
        assertTrue(runtime.most.get() <= 20, "at most forks / 2 pairs at the same time, found " + runtime.most.get());
        assertEquals(0, runtime.open.get());
        hosts.values().forEach(host -> assertEquals(!host.name.equals("a9"), host.transmit.get("enp0"), host.name));
    }

    @Test
    void a_machine_that_ended_badly_in_a_play_takes_no_part_in_trials() throws IOException {
        unreachable.add("b1");
        var ended = run(Mode.ACCEPT, pairs(2), "- play: first\n  machines: b1\n  tasks:\n    - interface: {name: enp0, up: true}\n"
            + TRIAL, 50, false);
        assertEquals(ExitCode.UNREACHABLE, ended.record().exit());
        var first = ended.record().trials().getFirst();
        assertTrue(skipped(first).startsWith("because of b1: ") && skipped(first).contains("CONNECT_TIMEOUT"), skipped(first));
        assertTrue(ended.record().trials().get(1).accepted());
        assertEquals(2, runtime.installs.get());
    }

    @Test
    void a_machine_is_in_one_trial_at_a_time() throws IOException {
        String inventory = """
            machines:
              a1: {kind: host, address: 10.0.0.1, ports: [{pci: "0000:b1:00.0", address: 10.64.1.1/30}, {pci: "0000:b1:00.1", address: 10.64.2.1/30}]}
              b1: {kind: host, address: 10.0.0.2, ports: [{pci: "0000:b1:00.0", address: 10.64.1.2/30}]}
              b2: {kind: host, address: 10.0.0.3, ports: [{pci: "0000:b1:00.0", address: 10.64.2.2/30}]}
            pairs: {one: {ends: [a1, b1], cables: [[0, 0]]}, two: {ends: [a1, b2], cables: [[1, 0]]}}
            """;
        pairs(2);
        var shared = new FakeHost("a1", Map.of("0000:b1:00.0", "enp0", "0000:b1:00.1", "enp1"));
        shared.addresses.putAll(Map.of("enp0", "10.64.1.1", "enp1", "10.64.2.1"));
        shared.routes.putAll(Map.of("10.64.1.2", "enp0", "10.64.2.2", "enp1"));
        hosts.put("a1", shared);
        var ended = run(Mode.ACCEPT, inventory, TRIAL, 50, false);
        assertEquals(ExitCode.DONE, ended.record().exit(), ended.record().trials().toString());
        assertEquals(1, runtime.most.get());
    }

    @Test
    void an_interrupted_run_says_so_and_begins_no_other_trial() throws IOException {
        var begun = new AtomicInteger();
        for (String server : List.of("a1", "a2", "a3")) runtime.inPlay.put(server, () -> {
            begun.incrementAndGet();
            stop.set(true);
        });
        var ended = run(Mode.ACCEPT, pairs(3), TRIAL + TRIAL.replace("Proof", "Again"), 2, false);
        assertEquals(ExitCode.INTERRUPTED, ended.record().exit());
        assertTrue(ended.record().interrupted());
        assertEquals(1, begun.get(), "one pair at a time with two forks");
        assertEquals(6, ended.record().trials().size());
        assertEquals(5, ended.record().trials().stream().filter(result -> skipped(result).equals("interrupted")).count());
        assertFalse(ended.record().trials().stream().anyMatch(TrialResult::accepted));
        assertEquals(0, runtime.open.get());
    }

    @Test
    void a_defect_of_ours_is_a_failure_of_its_pair_alone() throws IOException {
        runtime.inPlay.put("a1", () -> {
            throw new IllegalArgumentException("a defect");
        });
        var ended = run(Mode.ACCEPT, pairs(2), TRIAL, 50, false);
        assertEquals(1, ended.defects().size());
        assertEquals("INTERNAL", ended.record().trials().getFirst().failure().orElseThrow().code().name());
        assertTrue(ended.record().trials().get(1).accepted());
        assertEquals(0, runtime.open.get());
    }

    private static String skipped(TrialResult result) {
        return result.skipped().map(TrialSkip::words).orElse("");
    }
}
