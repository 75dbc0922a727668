package dev.bluerig.trial.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.ScriptedLive;
import dev.bluerig.fact.Pcap;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.diagnosis.Diagnosis;
import dev.bluerig.trial.diagnosis.Symptom;
import dev.bluerig.trial.diagnosis.SymptomName;
import dev.bluerig.trial.evidence.KnownPlaintext;
import dev.bluerig.trial.evidence.KnownPlaintextTest;
import dev.bluerig.trial.evidence.SampleCable;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.Witness;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A trial that says `wire: true`, on fake machines.
@Timeout(60)
class WireTapTest {
    private static final String TRIAL = """
        - trial: proof
          ports: each
          load: {direction: both, connections: 4, bytes: "{{ size }}"}
          flip: true
          wire: true
          expect: {tx: hardware, rx: hardware}
        """;

    @TempDir
    private Path project;
    private TrialHarness rig;
    private FakeHost dpu;
    private final ScriptedLive capture = new ScriptedLive();

    @BeforeEach
    void rig() {
        rig = new TrialHarness(project, TrialHarness.INVENTORY.replace("[[0, 0], [1, 1]]", "[[0, 0]]"));
        dpu = rig.host("dpu-a");
        dpu.captures.add(capture);
        dpu.captured = sealed().bytes();
    }

    private static SampleCable sealed() {
        var cable = new SampleCable(3, Pcap.usual());
        for (Role role : Role.values()) cable.sends(role, 40000, 1, cable.stream(30), 8948);
        return cable;
    }

    private Testimony wire(TrialResult result) {
        return result.cells().getFirst().verdicts().getFirst().testimonies().stream().filter(said -> said.witness() == Witness.WIRE)
            .findFirst().orElseThrow();
    }

    @Test
    void records_on_the_cable_are_hardware_and_nothing_is_left() {
        var result = rig.run(TRIAL);
        assertTrue(result.accepted(), result.toString());
        assertTrue(wire(result).seen().startsWith("p0 of dpu-a: 31 records of 1 connections with 492,280 bytes, 3 of handshakes; "),
            wire(result).seen());
        String file = "/run/bluerig/run-1-bench-1-0-wire.pcap";
        assertEquals(List.of("timeout -k 5 60 tcpdump -i p0 -n -p -U --immediate-mode -Z root -B 8192 -s 8738 -c 480 -w " + file
            + " '(tcp port 47000 and host 192.0.2.1 and host 192.0.2.2 and ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2) != 0)"
            + " or (vlan and tcp port 47000 and host 192.0.2.1 and host 192.0.2.2 and ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] &"
            + " 0xf0) >> 2) != 0)'"), dpu.launched);
        assertTrue(capture.closed());
        assertTrue(dpu.ran.contains("rm -f " + file), dpu.ran.toString());
        assertEquals(List.of(), rig.host("dpu-b").launched, "one end is enough, and the flip captures nothing");
    }

    @Test
    void it_is_fetched_after_the_last_look_at_the_counters_of_its_run() {
        rig.run(TRIAL);
        int fetched = dpu.ran.indexOf("base64 -w 0 /run/bluerig/run-1-bench-1-0-wire.pcap");
        int began = dpu.ran.indexOf("stat -c %s /run/bluerig/run-1-bench-1-0-wire.pcap");
        assertEquals(List.of("ethtool -S p0", "ip -j -s link show dev p0"), dpu.ran.subList(fetched - 2, fetched));
        assertTrue(began > 0 && dpu.ran.subList(began, fetched).stream().filter("ethtool -S p0"::equals).count() >= 2, dpu.ran.toString());
    }

    @Test
    void payload_in_clear_is_never_hardware() {
        var cable = sealed();
        cable.sends(Role.CLIENT, 40001, 5, KnownPlaintextTest.piece(new KnownPlaintext("bench".hashCode() * 1000L + 1 & Long.MAX_VALUE),
            1000, 1400), 1400);
        dpu.captured = cable.bytes();
        var cell = rig.run(TRIAL).cells().getFirst();
        assertEquals(List.of("host-a TX HARDWARE", "host-a RX UNKNOWN", "host-b TX UNKNOWN", "host-b RX HARDWARE"),
            cell.verdicts().stream().map(verdict -> verdict.machine() + " " + verdict.half() + " " + verdict.ruling()).toList());
        assertTrue(cell.misses().stream().anyMatch(unmet -> unmet.what().equals("wire")
            && unmet.found().startsWith("payload in clear in 1 segments")), cell.misses().toString());
        assertEquals(List.of("PLAINTEXT_ON_THE_WIRE host-b"), cell.diagnoses().stream()
            .filter(found -> found.code().is(Symptom.PLAINTEXT_ON_THE_WIRE)).map(found -> found.code() + " " + found.machine()).toList());
    }

    @Test
    void the_other_end_is_asked_where_tcpdump_is_missing() {
        dpu.captures.clear();
        var other = rig.host("dpu-b");
        other.captures.add(new ScriptedLive());
        other.captured = dpu.captured;
        var result = rig.run(TRIAL);
        assertTrue(result.accepted(), result.toString());
        assertTrue(wire(result).seen().startsWith("p0 of dpu-b: "), wire(result).seen());
    }

    @Test
    void nobody_who_can_capture_is_no_pass() {
        dpu.captures.clear();
        rig.host("dpu-b").captures.add(new ScriptedLive().ends(1, "tcpdump: p0: You don't have permission to perform this capture on"
            + " that device"));
        var result = rig.run(TRIAL);
        assertFalse(result.accepted());
        assertEquals(Testimony.Statement.SILENT, wire(result).says());
        assertTrue(wire(result).seen().contains("dpu-a: tcpdump is not installed; dpu-b: tcpdump ended with 1: tcpdump: p0: You don't"
            + " have permission"), wire(result).seen());
        assertTrue(result.cells().getFirst().diagnoses().stream().anyMatch(found -> found.code().is(Symptom.CAPTURE_IMPOSSIBLE)),
            result.toString());
    }

    @Test
    void a_flow_in_the_eswitch_shows_its_first_packets_alone_and_is_no_pass() {
        var cable = new SampleCable(3, Pcap.usual());
        for (Role role : Role.values()) cable.sends(role, 40000, 1, cable.stream(0), 8948);
        dpu.captured = cable.bytes();
        var result = rig.run(TRIAL);
        assertEquals(Testimony.Statement.SILENT, wire(result).says());
        assertTrue(wire(result).seen().endsWith("the rest did not pass the DPU's cores"), wire(result).seen());
        assertEquals(List.of(SymptomName.of(Symptom.PAYLOAD_PASSED_BY)), result.cells().getFirst().diagnoses().stream().map(Diagnosis::code)
            .filter(code -> code.text().startsWith("PAYLOAD")).toList());
    }

    @Test
    void a_dpu_that_is_lost_leaves_the_witness_silent_and_the_trial_whole() {
        dpu.deadlyCommand = "base64";
        var result = rig.run(TRIAL.replace("  flip: true\n", ""));
        assertEquals(1, result.cells().size());
        assertEquals(Testimony.Statement.SILENT, wire(result).says());
        assertTrue(wire(result).seen().contains("the connection was cut"), wire(result).seen());
    }

    @Test
    void a_damaged_capture_is_silent_with_the_reason() {
        dpu.captured = new byte[100];
        assertTrue(wire(rig.run(TRIAL)).seen().contains("no capture: it begins with 0"), "the reason");
    }

    @Test
    void without_a_dpu_nobody_can_look_and_nothing_is_passed() {
        String bare = Stream.of(TrialHarness.INVENTORY.replace("[[0, 0], [1, 1]]", "[[0, 0]]").split("\n"))
            .filter(line -> !line.startsWith("  dpu-")).reduce("", (one, two) -> one + two + "\n");
        var result = new TrialHarness(project, bare).run(TRIAL);
        assertEquals(Testimony.Statement.SILENT, wire(result).says());
        assertTrue(wire(result).seen().startsWith("no DPU of this cable is in the inventory"), wire(result).seen());
    }

    @Test
    void a_failure_of_the_pair_ends_the_capture_too() {
        rig.runtime.failsInPlay.put("host-b", AgentCode.PEER_STOPPED);
        rig.run(TRIAL);
        assertTrue(capture.closed());
        assertTrue(dpu.ran.stream().anyMatch(line -> line.startsWith("rm -f /run/bluerig/")), dpu.ran.toString());
    }
}
