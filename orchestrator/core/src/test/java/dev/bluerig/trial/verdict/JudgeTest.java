package dev.bluerig.trial.verdict;

import static dev.bluerig.trial.verdict.EvidenceFixture.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.CableId;
import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.UplinkTraffic;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The good cases, and who is judged.
class JudgeTest {
    @Test
    void both_directions_in_the_card_are_four_times_hardware() {
        var verdicts = Judge.of(good(), Thresholds.DEFAULT);
        assertEquals(List.of("host-a TX HARDWARE", "host-a RX HARDWARE", "host-b TX HARDWARE", "host-b RX HARDWARE"),
            verdicts.stream().map(verdict -> verdict.machine() + " " + verdict.half() + " " + verdict.ruling()).toList(),
            () -> verdicts.toString());
        for (Verdict verdict : verdicts)
            assertEquals(List.of(Witness.values()), verdict.testimonies().stream().map(Testimony::witness).toList());
    }

    @Test
    void only_halves_that_carry_payload_are_judged() {
        var verdicts = Judge.of(with(good(), load(LoadSettings.Direction.CLIENT_SENDS)), Thresholds.DEFAULT);
        assertEquals(List.of("SERVER RX", "CLIENT TX"), verdicts.stream().map(verdict -> verdict.role() + " " + verdict.half()).toList());
        verdicts = Judge.of(with(good(), load(LoadSettings.Direction.SERVER_SENDS)), Thresholds.DEFAULT);
        assertEquals(List.of("SERVER TX", "CLIENT RX"), verdicts.stream().map(verdict -> verdict.role() + " " + verdict.half()).toList());
    }

    @Test
    void a_half_that_should_have_carried_payload_and_did_not_is_unknown() {
        var evidence = both(good(), transfers(old -> TransferTotals.none()));
        for (Verdict verdict : Judge.of(evidence, Thresholds.DEFAULT)) assertEquals(TlsPlacement.UNKNOWN, verdict.ruling());
    }

    @Test
    void a_trial_that_wants_no_flip_and_whose_dpus_are_not_ours_can_be_hardware_and_says_so() {
        var verdict = verdict(uplinks(off(good(), Optional.empty()), List.of()), Role.SERVER, Direction.TX);
        assertEquals(TlsPlacement.HARDWARE, verdict.ruling());
        assertEquals(Testimony.Statement.NOT_CALLED, testimony(verdict, Witness.FLIP).says());
        assertEquals(Testimony.Statement.NOT_CALLED, testimony(verdict, Witness.PATH).says());
    }

    @Test
    void the_path_says_which_counter_was_read() {
        assertTrue(testimony(verdict(good(), Role.SERVER, Direction.TX), Witness.PATH).seen()
            .matches("p0 of dpu-a \\+[0-9,]+ bytes out \\(tx_bytes_phy\\); p0 of dpu-b \\+[0-9,]+ bytes in \\(rx_bytes_phy\\)"));
        var own = new UplinkTraffic("dpu-a", "p0", "host-a", "tx_bytes", uplink("dpu-a", "host-a").out(), uplink("dpu-a", "host-a").in());
        var verdict = verdict(uplinks(good(), List.of(own, uplink("dpu-b", "host-b"))), Role.SERVER, Direction.RX);
        assertEquals(TlsPlacement.HARDWARE, verdict.ruling());
        String seen = testimony(verdict, Witness.PATH).seen();
        assertTrue(seen.contains("bytes in (rx_bytes: the interface's own, it has no rx_bytes_phy)"), seen);
    }

    @Test
    void together_the_kernel_counts_what_the_other_cables_carry() {
        var evidence = both(good(), kernelMoved("TlsTxDevice", 8).andThen(kernelMoved("TlsRxDevice", 8))::apply);
        assertEquals(TlsPlacement.UNKNOWN, ruling(evidence, Role.SERVER, Direction.TX));
        var known = alongside(off(evidence, Optional.empty()), 8);
        for (Verdict verdict : Judge.of(known, Thresholds.DEFAULT))
            assertEquals(TlsPlacement.HARDWARE, verdict.ruling(), () -> verdict.toString());
        var partly =
            alongside(off(both(good(), kernelMoved("TlsTxDevice", 6).andThen(kernelMoved("TlsTxSw", 2))::apply), Optional.empty()), 8);
        assertEquals(TlsPlacement.UNKNOWN, ruling(partly, Role.SERVER, Direction.TX));
    }

    @Test
    void request_and_response_counts_every_handshake() {
        var load = load(LoadSettings.Mode.REQUEST_RESPONSE);
        var evidence = off(with(both(good(), usage(usage -> new CpuUsage(1, 1, 2, List.of(), 0, 0, 5000, 0))), load), Optional.empty());
        assertEquals(TlsPlacement.MIXED,
            verdict(both(evidence, kernelMoved("TlsRxDevice", 2).andThen(kernelMoved("TlsTxDevice", 4000))::apply), Role.SERVER,
            Direction.TX).testimonies().stream()
            .filter(testimony -> testimony.witness() == Witness.KERNEL_COUNTERS).findFirst()
            .map(testimony -> TlsPlacement.valueOf(testimony.says().name())).orElseThrow());
        var counted = both(evidence, kernelMoved("TlsTxDevice", 4996).andThen(kernelMoved("TlsRxDevice", 4996))::apply);
        for (Verdict verdict : Judge.of(counted, Thresholds.DEFAULT))
            assertEquals(TlsPlacement.HARDWARE, verdict.ruling(), () -> verdict.toString());
    }

    @Test
    void what_is_said_names_what_is_required_and_what_was_seen_in_numbers() {
        var card = testimony(verdict(good(), Role.SERVER, Direction.RX), Witness.CARD_COUNTERS);
        assertTrue(card.required().contains("4,294,967,296 bytes of payload"), card.required());
        assertTrue(card.seen().contains("ens5f0np0 of host-a") && card.seen().contains("%"), card.seen());
        var kernel = testimony(verdict(good(), Role.CLIENT, Direction.TX), Witness.KERNEL_COUNTERS);
        assertEquals("host-b: TlsTxDevice +4, TlsTxSw +0, TlsDecryptError +0", kernel.seen());
    }

    @Test
    void the_whole_run_in_the_program_is_user_space_even_where_the_kernel_has_no_tls() {
        var evidence = off(with(good(), load()), Optional.empty());
        evidence = new Evidence(evidence.cable(), evidence.load(), 0, observation(TlsConf.PROGRAM), Optional.empty(), evidence.uplinks(),
            evidence.wire());
        for (Verdict verdict : Judge.of(evidence, Thresholds.DEFAULT))
            assertEquals(TlsPlacement.USER_SPACE, verdict.ruling(), () -> verdict.toString());
        var bare =
            both(evidence,
            snapshots((when, seen) -> nic(tls(seen, dev.bluerig.fact.Reading.unknown("cat /proc/net/tls_stat: exit 1: No such file or"
            + " directory")),
            dev.bluerig.fact.Reading.unknown("ethtool -S eth0: exit 94: no stats available"))));
        for (Verdict verdict : Judge.of(bare, Thresholds.DEFAULT))
            assertEquals(TlsPlacement.USER_SPACE, verdict.ruling(), () -> verdict.toString());
    }

    @Test
    void the_whole_run_in_the_kernel_is_software_even_where_the_card_counts_no_tls() {
        var evidence = off(new Evidence(new CableId("bench", 0), load(), 0, observation(TlsConf.KERNEL), Optional.empty(), List.of(),
            Optional.empty()), Optional.empty());
        for (Verdict verdict : Judge.of(evidence, Thresholds.DEFAULT))
            assertEquals(TlsPlacement.SOFTWARE, verdict.ruling(), () -> verdict.toString());
        var bare = both(evidence, cardWithout("tx_tls_encrypted_bytes").andThen(cardWithout("rx_tls_decrypted_bytes"))::apply);
        for (Verdict verdict : Judge.of(bare, Thresholds.DEFAULT))
            assertEquals(TlsPlacement.SOFTWARE, verdict.ruling(), () -> verdict.toString());
    }

    @Test
    void hardware_needs_every_witness_but_flip_and_path_may_stay_out() {
        for (Witness witness : Witness.values()) {
            var others = java.util.Arrays.stream(Witness.values()).filter(other -> other != witness)
                .map(other -> new Testimony(other, Testimony.Statement.HARDWARE, "", "")).toList();
            assertEquals(TlsPlacement.UNKNOWN, Judge.ruling(others), () -> "without " + witness);
            for (Testimony.Statement says : Testimony.Statement.values()) {
                var all = new java.util.ArrayList<>(others);
                all.add(new Testimony(witness, says, "", ""));
                boolean passes = says == Testimony.Statement.HARDWARE || says == Testimony.Statement.NOT_CALLED
                    && (witness == Witness.FLIP || witness == Witness.PATH || witness == Witness.WIRE);
                assertEquals(passes, Judge.ruling(all) == TlsPlacement.HARDWARE, () -> witness + " says " + says);
            }
        }
        assertEquals(TlsPlacement.UNKNOWN, Judge.ruling(List.of()));
    }
}
