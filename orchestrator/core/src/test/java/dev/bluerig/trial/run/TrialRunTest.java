package dev.bluerig.trial.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Reading;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.trial.agent.AgentEndpoint;
import dev.bluerig.trial.agent.FakeAgentRuntime;
import dev.bluerig.trial.deploy.AgentCache;
import dev.bluerig.trial.deploy.DeployCode;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrialRunTest {
    private static final String EACH = """
        - trial: proof
          ports: each
          load: {direction: both, connections: 4, bytes: "{{ size }}"}
          expect: {tx: hardware, rx: hardware}
        """;
    private static final String FLIP = EACH + "  flip: true\n";
    private static final String TOGETHER = FLIP.replace("ports: each", "ports: together");
    private static final String PROGRAM = """
        - trial: user space
          load: {connections: 4, bytes: 4MiB}
          flip: true
          expect: {tx: user-space, rx: user-space}
        """;

    @TempDir
    private Path project;
    private TrialHarness rig;

    @BeforeEach
    void rig() {
        rig = new TrialHarness(project);
    }

    private static String failure(TrialResult result) {
        return result.failure().map(failure -> failure.code().name() + " " + failure.changes() + " " + failure.detail() + " next: "
            + failure.next()).orElse("none");
    }

    private void nothingWasStarted() {
        assertEquals(List.of(), rig.runtime.seats);
        assertEquals(0, rig.runtime.installs.get());
        rig.hosts.values().forEach(host -> assertTrue(host.ran.stream().noneMatch(line -> line.contains(" -K ")), host.name));
    }

    private void flagsAreOn() {
        for (String name : List.of("host-a", "host-b"))
            assertEquals(List.of(Map.of("enp0", true, "enp1", true), Map.of("enp0", true, "enp1", true)),
                List.of(rig.host(name).transmit, rig.host(name).receive), name);
        assertEquals(0, rig.runtime.open.get());
    }

    // preconditions: nothing is brought or started

    @Test
    void a_flag_that_is_off_is_named_with_the_command_that_mends_it() {
        rig.host("host-b").receive.put("enp1", false);
        var result = rig.run(EACH);
        assertTrue(failure(result).startsWith("TRIAL_NOT_READY"), failure(result));
        assertTrue(failure(result).contains("host-b: enp1") && failure(result).contains("ethtool -K enp1 tls-hw-rx-offload on"),
            failure(result));
        nothingWasStarted();
    }

    @Test
    void a_fixed_flag_is_nobody_s_to_mend() {
        rig.host("host-a").fixedFlags = true;
        rig.host("host-a").transmit.put("enp0", false);
        var result = rig.run(EACH);
        assertTrue(failure(result).startsWith("OFFLOAD_FIXED"), failure(result));
        nothingWasStarted();
    }

    @Test
    void a_kernel_without_tls_fails_early_where_hardware_is_expected() {
        rig.host("host-a").module = false;
        var result = rig.run(EACH);
        assertTrue(failure(result).startsWith("KERNEL_MODULE_MISSING"), failure(result));
        nothingWasStarted();
    }

    @Test
    void a_kernel_without_tls_is_tried_where_user_space_is_expected() {
        for (String name : List.of("host-a", "host-b")) {
            rig.host(name).module = false;
            rig.host(name).transmit.replaceAll((link, on) -> false);
            rig.host(name).receive.replaceAll((link, on) -> false);
        }
        var result = rig.run(PROGRAM);
        assertEquals("none", failure(result));
        assertEquals(2, result.cells().size());
        for (Cell cell : result.cells()) {
            assertTrue(cell.verdicts().stream().allMatch(verdict -> verdict.ruling() == TlsPlacement.USER_SPACE),
                cell.verdicts().toString());
            assertTrue(cell.accepted(), cell.toString());
        }
        assertTrue(rig.evidence.stream().allMatch(evidence -> evidence.off().isEmpty()), "there was no flag to flip");
    }

    @Test
    void foreign_connections_in_the_card_are_named() {
        rig.host("host-a").foreign.add("ESTAB 0 0 192.0.2.1:443 192.0.2.2:999 users:((\"nginx\",pid=7,fd=3))\n\t tcp-ulp-tls version:"
            + " 1.2 cipher: aes-gcm-128 rxconf: hw txconf: hw\n");
        var result = rig.run(EACH);
        assertTrue(failure(result).startsWith("BUSY") && failure(result).contains("nginx (7)"), failure(result));
        nothingWasStarted();
    }

    @Test
    void route_carrier_address_and_reachability_are_conditions_of_every_trial() {
        rig.host("host-a").routes.put("192.0.2.2", "eth9");
        assertTrue(failure(rig.run(PROGRAM)).startsWith("ROUTE_ELSEWHERE"));
        rig();
        rig.host("host-b").withoutCarrier.add("enp0");
        assertTrue(failure(rig.run(PROGRAM)).startsWith("LINK_WITHOUT_CARRIER"));
        rig();
        rig.host("host-b").addresses.remove("enp1");
        assertTrue(failure(rig.run(PROGRAM)).startsWith("ADDRESS_ABSENT"));
        rig();
        rig.host("host-b").arp = false;
        assertTrue(failure(rig.run(PROGRAM)).startsWith("REACH_CARD_UNKNOWN"), "ping passes");
        rig();
        rig.host("host-b").big = false;
        assertTrue(failure(rig.run(PROGRAM)).startsWith("REACH_SMALL_ONLY"));
        nothingWasStarted();
    }

    @Test
    void all_that_does_not_hold_is_told_at_once() {
        rig.host("host-a").transmit.put("enp0", false);
        rig.host("host-b").receive.put("enp0", false);
        var result = rig.run(EACH);
        assertTrue(failure(result).contains("host-a: enp0") && failure(result).contains("also TRIAL_NOT_READY: host-b: enp0"),
            failure(result));
    }

    // delivery

    @Test
    void what_could_not_be_delivered_ends_the_trial() {
        rig.runtime.undelivered.put("host-b", DeployCode.CACHE_FULL);
        var result = rig.run(EACH);
        assertTrue(failure(result).startsWith("CACHE_FULL"), failure(result));
        assertEquals(List.of(), rig.runtime.seats);
    }

    @Test
    void leftovers_of_a_killed_run_are_cleaned_or_end_the_trial() {
        rig.runtime.leftovers.put("host-a",
            List.of(new AgentCache.Leftover("/c/runs/old", List.of("ethtool -K enp0 tls-hw-tx-offload on"), List.of())));
        assertEquals("none", failure(rig.run(EACH)));
        assertTrue(rig.said.contains("cleaned host-a: [ethtool -K enp0 tls-hw-tx-offload on]"), rig.said.toString());
        rig.runtime.leftovers.put("host-a",
            List.of(new AgentCache.Leftover("/c/runs/old", List.of(), List.of("ethtool -K enp0: no such device"))));
        assertTrue(failure(rig.run(EACH)).startsWith("LEFTOVER_STUCK"));
    }

    // rounds

    @Test
    void each_cable_alone_gives_a_cell_with_evidence_from_both_ends_and_both_dpus() {
        var result = rig.run(EACH);
        assertEquals("none", failure(result));
        assertEquals(List.of("bench 0", "bench 1"), result.cells().stream().map(cell -> cell.cable().toString()).toList());
        assertEquals(1, rig.runtime.most.get());
        Evidence first = rig.evidence.getFirst();
        assertEquals(0, first.alongside());
        assertEquals(List.of("host-a", "host-b"), List.of(first.on().server().machine(), first.on().client().machine()));
        assertEquals("6.8.0-31-generic", first.on().server().kernel());
        assertEquals(List.of("dpu-a p0 host-a tx_bytes_phy", "dpu-b p0 host-b tx_bytes_phy"),
            first.uplinks().stream().map(uplink -> uplink.dpu() + " " + uplink.link() + " " + uplink.end() + " " + uplink.counter())
            .toList());
        assertTrue(((Reading.Known<Long>) first.uplinks().getFirst().out()).value() > FakeAgentRuntime.PAYLOAD);
        assertEquals("p1", rig.evidence.get(1).uplinks().getFirst().link());
        var before = first.on().server().before();
        var during = first.on().server().during();
        assertEquals(4, ((Reading.Known<dev.bluerig.fact.tls.TlsCounters>) during.tls()).value().of("TlsCurrTxDevice").orElseThrow());
        assertEquals(0, ((Reading.Known<dev.bluerig.fact.tls.TlsCounters>) before.tls()).value().of("TlsCurrTxDevice").orElseThrow());
        assertEquals(Reading.known(new dev.bluerig.fact.link.PeerRoute("enp0", false)), during.route());
        assertEquals(4, result.sheets().size());
        assertTrue(result.sheets().getFirst().rows().stream()
            .anyMatch(row -> row.what().endsWith("link") && row.note().contains("DEGRADED")), result.sheets().getFirst().toString());
    }

    @Test
    void where_everything_is_in_order_the_verdict_is_hardware_and_the_trial_accepted() {
        for (String yaml : List.of(EACH, FLIP, TOGETHER)) {
            rig();
            var result = rig.run(yaml);
            for (Cell cell : result.cells()) for (Verdict verdict : cell.verdicts())
                assertEquals(TlsPlacement.HARDWARE, verdict.ruling(),
                    () -> String.join("\n", verdict.testimonies().stream().map(Testimony::toString).toList()));
            assertTrue(result.accepted(), result.toString());
            assertTrue(result.cells().stream().allMatch(cell -> cell.off().isPresent() == yaml.contains("flip")));
        }
    }

    @Test
    void together_all_cables_play_at_the_same_time() {
        var result = rig.run(TOGETHER);
        assertEquals("none", failure(result));
        assertEquals(2, rig.runtime.most.get());
        assertEquals(List.of(4, 4), rig.evidence.stream().map(Evidence::alongside).toList());
        assertEquals(8, ((Reading.Known<dev.bluerig.fact.tls.TlsCounters>) rig.evidence.getFirst().on().server().during().tls()).value()
            .of("TlsCurrTxDevice").orElseThrow());
        var directories = rig.runtime.seats.stream().map(AgentEndpoint::directory).toList();
        assertEquals(directories.size(), directories.stream().distinct().count(), "no two agents share a run directory: " + directories);
        assertEquals(8, directories.size(), "two cables, two ends, flags on and off");
        flagsAreOn();
    }

    @Test
    void the_flip_switches_off_after_the_programs_started_and_everything_is_on_again() {
        var result = rig.run(FLIP);
        assertEquals("none", failure(result));
        assertEquals(2, rig.evidence.size());
        for (Evidence evidence : rig.evidence) {
            var off = evidence.off().orElseThrow();
            assertFalse(((Reading.Known<dev.bluerig.fact.tls.TlsFlags>) off.server().during().flags()).value().transmit().on());
            assertTrue(((Reading.Known<dev.bluerig.fact.tls.TlsFlags>) evidence.on().server().during().flags()).value().transmit().on());
        }
        assertTrue(rig.said.getFirst().startsWith("flipping host-a: [ethtool -K enp0 tls-hw-tx-offload off tls-hw-rx-offload off] back"
            + " by [ethtool -K enp0 tls-hw-tx-offload on"), rig.said.toString());
        assertTrue(rig.said.contains("flipped host-b true"), rig.said.toString());
        assertEquals(1, rig.runtime.seats.get(2).restore().size());
        flagsAreOn();
    }

    @Test
    void flags_that_the_programs_did_not_restore_are_restored_by_hand() {
        rig.runtime.forgetsRestore = true;
        assertEquals("none", failure(rig.run(FLIP)));
        assertTrue(rig.said.contains("flipped host-a true"), rig.said.toString());
        flagsAreOn();
    }

    @Test
    void flags_that_stay_off_end_the_trial_and_say_how_to_mend_it() {
        rig.host("host-b").forgetsFlags = true;
        var result = rig.run(FLIP);
        assertTrue(failure(result).startsWith("FLAGS_NOT_RESTORED") && failure(result).contains("on host-b: ethtool -K enp0"
            + " tls-hw-tx-offload on tls-hw-rx-offload on"), failure(result));
        assertEquals("FLAGS_NOT_RESTORED", result.cells().getFirst().failure().orElseThrow().code().name());
        assertEquals(1, result.cells().size(), "the second cable was not tried");
        assertTrue(rig.said.contains("flipped host-a true") && rig.said.contains("flipped host-b false"), rig.said.toString());
    }

    @Test
    void a_flip_that_is_refused_or_impossible_leaves_no_verdict() {
        rig.host("host-a").refusesFlags = true;
        var refused = rig.run(FLIP);
        assertEquals("FLIP_REFUSED", refused.cells().getFirst().failure().orElseThrow().code().name());
        assertEquals(List.of(), refused.cells().getFirst().verdicts());
        rig();
        rig.host("host-a").fixedFlags = true;
        var impossible = rig.run(FLIP.replaceFirst(" *expect.*\n", ""));   // expecting hardware, it would not have begun
        assertEquals("FLIP_IMPOSSIBLE", impossible.cells().getFirst().failure().orElseThrow().code().name());
        flagsAreOn();
    }

    @Test
    void flags_are_not_flipped_under_somebody_else_s_connections() {
        rig.runtime.inPlay.put("host-a", () -> rig.host("host-b").foreign.add("ESTAB 0 0 192.0.2.2:443 192.0.2.1:999"
            + " users:((\"nginx\",pid=7,fd=3))\n\t tcp-ulp-tls version: 1.2 cipher: aes-gcm-128 rxconf: hw txconf: hw\n"));
        var result = rig.run(FLIP);
        var failure = result.cells().getFirst().failure().orElseThrow();
        assertEquals("FLIP_REFUSED", failure.code().name());
        assertTrue(failure.message().contains("nginx (7)"), failure.message());
        rig.hosts.values().forEach(host -> assertTrue(host.ran.stream().noneMatch(line -> line.contains(" off")), host.ran.toString()));
    }

    // what programs and machines do

    @Test
    void a_program_that_does_not_start_or_dies_fails_its_cell_and_the_next_cable_is_tried() {
        rig.runtime.failsAtStart.put("192.0.2.1", AgentCode.PORT_IN_USE);
        rig.runtime.failsInPlay.put("192.0.2.6", AgentCode.RECORD_CORRUPT);
        var result = rig.run(FLIP);
        assertEquals(List.of("PORT_IN_USE", "RECORD_CORRUPT"),
            result.cells().stream().map(cell -> cell.failure().orElseThrow().code().name()).toList());
        assertTrue(result.cells().get(1).failure().orElseThrow().message().contains("then the other end followed"));
        assertEquals("none", failure(result));
        assertFalse(result.accepted());
        flagsAreOn();
    }

    @Test
    void together_one_dead_cable_leaves_the_other_its_cell() {
        rig.runtime.failsInPlay.put("192.0.2.5", AgentCode.CONNECT_TIMED_OUT);
        var result = rig.run(TOGETHER);
        assertEquals(List.of("judged 1 bench 0 complete", "judged 2 bench 1 CONNECT_TIMED_OUT"),
            rig.said.stream().filter(line -> line.startsWith("judged")).toList());
        assertFalse(result.accepted());
        flagsAreOn();
    }

    @Test
    void a_failure_in_the_flip_restores_the_flags() {
        rig.runtime.inPlay.put("host-a", () -> {
            if (!rig.host("host-a").transmit.get("enp0")) rig.runtime.failsInPlay.put("192.0.2.2", AgentCode.PEER_STOPPED);
        });
        var result = rig.run(FLIP);
        assertEquals("PEER_STOPPED", result.cells().getFirst().failure().orElseThrow().code().name());
        assertTrue(result.cells().getFirst().on().isPresent() && result.cells().getFirst().verdicts().isEmpty());
        flagsAreOn();
    }

    @Test
    void a_host_that_is_lost_in_the_middle_ends_the_trial() {
        rig.runtime.inPlay.put("host-a", () -> rig.host("host-b").dead = true);
        var result = rig.run(FLIP);
        assertTrue(result.lost(), failure(result));
        assertEquals("CONNECTION_LOST", result.cells().getFirst().failure().orElseThrow().code().name());
        assertEquals(1, result.cells().size());
        assertEquals(0, rig.runtime.open.get());
        assertTrue(rig.host("host-a").transmit.get("enp0"));
    }

    @Test
    void cells_that_were_run_before_a_host_was_lost_are_in_the_result() {
        rig.runtime.inPlay.put("host-a", () -> rig.host("host-b").dead = rig.runtime.seats.size() > 2);
        var second = rig.run(EACH);
        assertTrue(second.lost(), failure(second));
        assertEquals(List.of("none", "CONNECTION_LOST"), second.cells().stream().map(TrialRunTest::code).toList());
        assertEquals(List.of(), second.sheets());
        rig = new TrialHarness(project) {
            @Override
            public void judged(int cell, Cell result, List<Evidence> all) {
                super.judged(cell, result, all);
                host("host-b").dead = cell == 2;
            }
        };
        var afterwards = rig.run(EACH);
        assertTrue(afterwards.lost(), failure(afterwards));
        assertEquals(List.of("none", "none"), afterwards.cells().stream().map(TrialRunTest::code).toList());
        assertEquals(List.of(), afterwards.sheets());
    }

    private static String code(Cell cell) {
        return cell.failure().map(failure -> failure.code().name()).orElse("none");
    }

    @Test
    void a_host_that_is_lost_in_the_flip_ends_the_trial_and_the_other_end_is_restored() {
        rig.host("host-b").deadlyCommand = "ethtool -K enp0 tls-hw-tx-offload off";
        var result = rig.run(FLIP);
        assertTrue(result.lost(), failure(result));
        assertTrue(rig.host("host-a").transmit.get("enp0") && rig.host("host-a").receive.get("enp0"));
    }

    @Test
    void a_machine_that_does_not_answer_is_told() {
        rig.unreachable.add("dpu-b");
        var result = rig.run(EACH);
        assertTrue(result.lost() && failure(result).contains("dpu-b"), failure(result));
        nothingWasStarted();
    }

    @Test
    void a_dpu_that_is_lost_later_only_makes_unknown_what_it_knew() {
        rig.runtime.inPlay.put("host-a", () -> rig.host("dpu-b").dead = true);
        var result = rig.run(EACH);
        assertFalse(result.lost());
        assertTrue(rig.evidence.getFirst().uplinks().get(1).out() instanceof Reading.Unknown<Long>(String why) && why.contains("lost"));
        assertTrue(rig.evidence.getFirst().uplinks().getFirst().out() instanceof Reading.Known<Long>);
    }

    @Test
    void an_interrupt_ends_programs_that_would_play_for_ever() throws InterruptedException {
        rig.runtime.hangs = true;
        var thread = new Thread(() -> {
            try {
                rig.runtime.playing.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            rig.stop.set(true);
        });
        thread.start();
        var result = rig.run(FLIP);
        thread.join();
        assertTrue(failure(result).startsWith("TRIAL_INTERRUPTED"), failure(result));
        assertEquals("TRIAL_INTERRUPTED", result.cells().getFirst().failure().orElseThrow().code().name());
        flagsAreOn();
    }

    @Test
    void an_interrupt_in_the_flip_restores_the_flags() {
        rig.runtime.inPlay.put("host-a", () -> rig.stop.set(!rig.host("host-a").transmit.get("enp0")));
        var result = rig.run(FLIP);
        assertTrue(failure(result).startsWith("TRIAL_INTERRUPTED"), failure(result));
        assertEquals(1, result.cells().size());
        assertTrue(rig.said.contains("flipped host-a true"), rig.said.toString());
        flagsAreOn();
    }

    @Test
    void a_matrix_runs_every_combination_over_every_cable() {
        var result = rig.run(EACH + "  matrix: {version: [\"1.2\", \"1.3\"], connections: [1, 2]}\n");
        assertEquals(8, result.cells().size());
        assertEquals(List.of("1.2 1", "1.2 1", "1.2 2", "1.2 2", "1.3 1", "1.3 1", "1.3 2", "1.3 2"),
            result.cells().stream().map(cell -> cell.load().version() + " " + cell.load().connections()).toList());
        assertEquals(8, rig.steps.getLast().cells());
        assertEquals(16, rig.runtime.seats.stream().map(seat -> seat.machine() + seat.directory()).distinct().count());
    }

    @Test
    void cores_near_the_card_are_those_of_the_port() {
        rig.run(EACH.replace("connections: 4", "connections: 4, cpus: near-nic"));
        assertEquals(List.of(0, 1, 2, 3, 8), rig.runtime.seats.getFirst().cpus());
        rig();
        rig.run(EACH.replace("connections: 4", "connections: 4, cpus: \"2-3\""));
        assertEquals(List.of(2, 3), rig.runtime.seats.getFirst().cpus());
    }

    @Test
    void the_log_s_new_warnings_stand_on_the_sheet() {
        rig.runtime.inPlay.put("host-a", () -> rig.host("host-a").log.add("[   99.000000] mlx5_core 0000:b1:00.0: something new"));
        var rows = rig.run(EACH).sheets().getFirst().rows();
        assertTrue(rows.stream().anyMatch(row -> row.group().equals("kernel log") && row.note().contains("something new")),
            rows.toString());
        assertTrue(rows.stream().noneMatch(row -> row.note().contains("old warning")), rows.toString());
    }
}
