package dev.bluerig.trial.verdict;

import static dev.bluerig.trial.verdict.EvidenceFixture.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.CableId;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.HostHealth;
import dev.bluerig.trial.spec.Expect;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
    private static final Expect NOTHING = expect(Optional.empty(), Optional.empty());
    private static final List<HostHealth> FINE =
        List.of(health("host-a", 0, 60, null), health("host-b", 0, 61, null), health("dpu-a", 0, 60, new HostHealth.Flows(8, 0)),
        health("dpu-b", 0, 61, new HostHealth.Flows(8, 0)));

    private static Expect expect(Optional<TlsPlacement> tx, Optional<TlsPlacement> rx) {
        return new Expect(tx, rx, 0, Expect.Flows.ANY, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());
    }

    private static Expect figures(double line, double gigabits, double cpu, double retransmits) {
        return new Expect(Optional.empty(), Optional.empty(), 0, Expect.Flows.ANY, Optional.of(line), Optional.of(gigabits),
            Optional.of(cpu), Optional.of(retransmits), Optional.empty(), Optional.empty());
    }

    private static Expect machines(long errors, int below, Expect.Flows flows) {
        return new Expect(Optional.empty(), Optional.empty(), 0, flows, Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.of(errors), Optional.of(below));
    }

    private static HostHealth health(String machine, long errors, int degrees, HostHealth.Flows flows) {
        return new HostHealth(machine, Reading.known(errors), Reading.known(degrees),
            Optional.ofNullable(flows).map(Reading::known).orElseGet(() -> Reading.unknown("a host switches no flows")));
    }

    /// As people read it.
    private record Miss(String what, String expected, String found) {}

    private static List<Miss> misses(Expect expect, Evidence evidence, List<HostHealth> health) {
        return said(unmet(expect, evidence, health));
    }

    private static List<Miss> said(List<UnmetExpectation> misses) {
        return misses.stream().map(unmet -> new Miss(unmet.what(), unmet.expected(), unmet.whole())).toList();
    }

    private static List<UnmetExpectation> unmet(Expect expect, Evidence evidence, List<HostHealth> vitals) {
        var measured = Measurements.of(evidence.load(), evidence.on(), OptionalLong.of(25_000_000_000L));
        return Expectations.of(expect, evidence, Judge.of(evidence, Thresholds.DEFAULT), measured, vitals);
    }

    @Test
    void a_good_run_misses_nothing() {
        assertEquals(List.of(), misses(expect(Optional.of(TlsPlacement.HARDWARE), Optional.of(TlsPlacement.HARDWARE)), good(), FINE));
        assertEquals(List.of(), misses(figures(0.3, 8, 0.3, 0.001), good(), FINE));
        assertEquals(List.of(), misses(machines(0, 95, Expect.Flows.OFFLOADED), good(), FINE));
        assertEquals(List.of(), misses(NOTHING, good(), List.of()));
    }

    @Test
    void another_ruling_says_which_half_of_which_end_it_is_about() {
        var evidence = end(good(), Role.SERVER, kernelMoved("TlsTxDevice", 1));
        var verdicts = Judge.of(evidence, Thresholds.DEFAULT);
        var unmet = unmet(expect(Optional.of(TlsPlacement.HARDWARE), Optional.empty()), evidence, FINE).getFirst();
        assertEquals(List.of("SERVER TX"),
            verdicts.stream().filter(unmet::isAbout).map(verdict -> verdict.role() + " " + verdict.half()).toList());
        assertEquals("unknown", unmet.found());
    }

    @Test
    void another_ruling_names_the_witnesses_that_say_so() {
        var evidence = end(good(), Role.SERVER, kernelMoved("TlsTxDevice", 1));
        assertEquals(List.of(new Miss("tx of host-a", "hardware", "unknown: kernel counters: host-a: TlsTxDevice +5, TlsTxSw +0,"
            + " TlsDecryptError +0: more than ours, so another program opened some and closed them again")),
            misses(expect(Optional.of(TlsPlacement.HARDWARE), Optional.of(TlsPlacement.HARDWARE)), evidence, FINE));
    }

    @Test
    void software_can_be_expected_and_hardware_is_then_a_miss() {
        var unmet = misses(expect(Optional.of(TlsPlacement.SOFTWARE), Optional.empty()), good(), FINE);
        assertEquals(List.of("tx of host-a", "tx of host-b"), unmet.stream().map(Miss::what).toList());
        assertTrue(unmet.getFirst().found().startsWith("hardware"), unmet.toString());
    }

    @Test
    void a_ruling_of_a_half_that_nobody_judged_is_a_miss() {
        assertEquals(List.of(new Miss("tx", "hardware", "no end was judged")),
            said(Expectations.of(expect(Optional.of(TlsPlacement.HARDWARE), Optional.empty()), good(), List.of(),
                Measurements.of(load(), good().on(), OptionalLong.empty()), FINE)));
    }

    @Test
    void decrypt_errors_have_a_limit_and_must_be_known() {
        var evidence = end(good(), Role.CLIENT, kernelMoved("TlsDecryptError", 3));
        assertEquals(List.of(new Miss("decrypt_errors of host-b", "at most 0", "3")), misses(NOTHING, evidence, FINE));
        var unread = end(good(), Role.CLIENT, kernelWithout("TlsDecryptError"));
        assertEquals(List.of(new Miss("decrypt_errors of host-b", "at most 0", "not known: there is no counter TlsDecryptError")),
            misses(NOTHING, unread, FINE));
        var program = new Evidence(new CableId("bench", 0), load(), 0, observation(TlsConf.PROGRAM), Optional.empty(), List.of(),
            Optional.empty());
        assertEquals(List.of(), misses(NOTHING, both(program, kernelWithout("TlsDecryptError")), FINE));
    }

    @Test
    void changed_payload_is_never_accepted() {
        var evidence = end(good(), Role.SERVER,
            transfers(all -> new TransferTotals(all.bytes(), all.records(), all.seconds(), all.perSecond(), all.checked(), false)));
        assertEquals(List.of(new Miss("payload at host-a", "arrives as it was sent", "the payload arrived changed")),
            misses(NOTHING, evidence, FINE));
    }

    @Test
    void figures_are_named_as_in_yaml() {
        assertEquals(List.of(new Miss("line_rate", "at least 0.900", "0.344"), new Miss("gigabits to host-a", "at least 20.000", "8.590"),
            new Miss("gigabits to host-b", "at least 20.000", "8.590"),
            new Miss("cpu_per_gigabyte of host-a", "at most 0.100", "0.291"),
            new Miss("cpu_per_gigabyte of host-b", "at most 0.100", "0.291"), new Miss("retransmits", "at most 0.000", "0.000025")),
            misses(figures(0.9, 20, 0.1, 0), good(), FINE));
    }

    @Test
    void what_is_not_known_is_a_miss() {
        var blind = both(good(), snapshots((when, seen) -> retransmits(seen, Reading.unknown("no file"))));
        var measured = Measurements.of(load(), blind.on(), OptionalLong.empty());
        var unmet = said(Expectations.of(figures(0.1, 1, 5, 0.5), blind, Judge.of(blind, Thresholds.DEFAULT), measured, FINE));
        assertEquals(List.of(new Miss("line_rate", "at least 0.100", "not known"), new Miss("retransmits", "at most 0.500", "not known")),
            unmet);
        assertEquals(List.of("link_errors", "temperature_below", "flows"),
            misses(machines(0, 95, Expect.Flows.OFFLOADED), good(), List.of()).stream().map(Miss::what).toList());
        var cold = new HostHealth("host-a", Reading.unknown("no counters"), Reading.unknown("no sensor"),
            Reading.unknown("a host switches no flows"));
        assertEquals(List.of(new Miss("link_errors of host-a", "at most 0", "not known: no counters"),
            new Miss("temperature_below of host-a", "below 95", "not known: no sensor"),
            new Miss("flows", "offloaded", "not known: host-a: a host switches no flows")),
            misses(machines(0, 95, Expect.Flows.OFFLOADED), good(), List.of(cold)));
    }

    @Test
    void machines_have_limits() {
        var bad = List.of(health("host-a", 2, 95, null), health("dpu-a", 0, 60, new HostHealth.Flows(8, 1)),
            health("dpu-b", 0, 60, new HostHealth.Flows(0, 0)));
        assertEquals(List.of(new Miss("link_errors of host-a", "at most 1", "2"), new Miss("temperature_below of host-a", "below 95", "95"),
            new Miss("flows of dpu-a", "offloaded", "8 in the eswitch, 1 on the DPU's cores"),
            new Miss("flows of dpu-b", "offloaded", "0 in the eswitch, 0 on the DPU's cores")),
            misses(machines(1, 95, Expect.Flows.OFFLOADED), good(), bad));
    }
}
