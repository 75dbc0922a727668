package dev.bluerig.trial.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Worlds in which everything was handled by the card, told with one sentence that cannot be true beside the others: never hardware.
class ContradictionsTest {
    private static final int WORLDS = 300;

    /// `stream`: it can only be seen while connections stay open. `change` is done to one end, of both runs where it is about the program.
    private record Contradiction(boolean stream, UnaryOperator<EndObservation> change) {}

    private static final Map<String, Contradiction> CONTRADICTIONS = contradictions();

    private static Map<String, Contradiction> contradictions() {
        var all = new LinkedHashMap<String, Contradiction>();
        all.put("ss says sw",
            new Contradiction(true,
            during(seen -> EvidenceFixture.sockets(seen,
            seen.sockets().flatMap(sockets -> Reading.known(new KernelTlsSockets(sockets.sockets().stream()
            .map(socket -> new TlsSockets.Socket(socket.local(), socket.peer(), "sw", "sw", socket.process())).toList())))))));
        all.put("ss sees nothing",
            new Contradiction(true, during(seen -> EvidenceFixture.sockets(seen, Reading.known(new KernelTlsSockets(List.of()))))));
        all.put("gauges say software", new Contradiction(true, during(seen -> EvidenceFixture.tls(seen, counters -> swapped(counters)))));
        all.put("gauges are 0", new Contradiction(true, during(seen -> EvidenceFixture.tls(seen, counters -> zero(counters)))));
        all.put("the kernel counted later", new Contradiction(false, later("Tls", true)));
        all.put("the card counted later", new Contradiction(false, later("_tls_", false)));
        all.put("the agent fell back", new Contradiction(false, EvidenceFixture.fallback("kernel has no TLS")));
        all.put("link losses are not counted", new Contradiction(false, EvidenceFixture.cardWithout("link_down_events_phy")));
        all.put("link losses went back", new Contradiction(false, EvidenceFixture.snapshots((when, seen) ->
            when == 2 ? EvidenceFixture.nic(seen, counters -> new NicCounters(put(counters.values(), "link_down_events_phy", -1)))
            : seen)));
        all.put("almost nothing was moved",
            new Contradiction(false, EvidenceFixture.transfers(each -> new TransferTotals(1, 1, each.seconds(), List.of(), 1, true))));
        all.put("less than nothing was moved",
            new Contradiction(false, EvidenceFixture.transfers(each -> new TransferTotals(-5, 1, each.seconds(), List.of(), -5, true))));
        all.put("no packet carried the card's bytes",
            new Contradiction(false, EvidenceFixture.snapshots((when, seen) -> EvidenceFixture.nic(seen,
            counters -> new NicCounters(put(put(counters.values(), "tx_tls_encrypted_packets", 1), "rx_tls_decrypted_packets", 1))))));
        all.put("both ends are one machine",
            new Contradiction(false, end -> new EndObservation("host-b", end.link(), end.kernel(), end.before(), end.during(), end.after(),
            end.pair())));
        return all;
    }

    private static UnaryOperator<EndObservation> during(UnaryOperator<EndSnapshot> change) {
        return EvidenceFixture.snapshots((when, seen) -> when == 1 ? change.apply(seen) : seen);
    }

    /// Counters whose name holds `part` say at `during` what they said before.
    private static UnaryOperator<EndObservation> later(String part, boolean kernel) {
        return end -> {
            EndSnapshot before = end.before();
            EndSnapshot during = kernel
                ? EvidenceFixture.tls(end.during(), counters ->
                new TlsCounters(kept(counters.values(), before.tls().ifKnown().orElseThrow().values(), part)))
                : EvidenceFixture.nic(end.during(), counters ->
                new NicCounters(kept(counters.values(), before.nic().ifKnown().orElseThrow().values(), part)));
            return new EndObservation(end.machine(), end.link(), end.kernel(), before, during, end.after(), end.pair());
        };
    }

    private static Map<String, Long> kept(Map<String, Long> now, Map<String, Long> before, String part) {
        var all = new TreeMap<>(now);
        before.forEach((name, value) -> {
            if (name.contains(part) && !name.startsWith("TlsCurr")) all.put(name, value);
        });
        return all;
    }

    private static Map<String, Long> put(Map<String, Long> values, String name, long value) {
        var all = new TreeMap<>(values);
        all.put(name, value);
        return all;
    }

    private static TlsCounters swapped(TlsCounters counters) {
        var all = new TreeMap<>(counters.values());
        for (String way : List.of("TlsCurrTx", "TlsCurrRx")) {
            all.put(way + "Device", counters.values().get(way + "Sw"));
            all.put(way + "Sw", counters.values().get(way + "Device"));
        }
        return new TlsCounters(all);
    }

    private static TlsCounters zero(TlsCounters counters) {
        var all = new TreeMap<>(counters.values());
        all.replaceAll((name, value) -> name.startsWith("TlsCurr") ? 0L : value);
        return new TlsCounters(all);
    }

    @TestFactory
    Stream<DynamicTest> none_is_hardware() {
        return CONTRADICTIONS.entrySet().stream().map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
            var random = new Random(11);
            int judged = 0;
            for (int number = 0; number < WORLDS; number++) {
                Evidence evidence = RandomRun.right(random).evidence();
                if (each.getValue().stream() && evidence.load().mode() != LoadSettings.Mode.STREAM) continue;
                Evidence told = EvidenceFixture.end(evidence, Role.SERVER, each.getValue().change());
                for (Verdict verdict : Judge.of(told, Thresholds.DEFAULT)) {
                    if (verdict.role() != Role.SERVER) continue;
                    judged++;
                    assertNotEquals(TlsPlacement.HARDWARE, verdict.ruling(), verdict::toString);
                }
            }
            assertTrue(judged > WORLDS / 2, "only " + judged + " were judged");
        }));
    }

    /// The same worlds, told as they were.
    @TestFactory
    Stream<DynamicTest> and_untouched_they_are() {
        var random = new Random(11);
        return Stream.generate(() -> RandomRun.right(random).evidence()).limit(20)
            .map(evidence -> DynamicTest.dynamicTest(evidence.load().toString(),
            () -> assertEquals(List.of(TlsPlacement.HARDWARE), Judge.of(evidence, Thresholds.DEFAULT).stream().map(Verdict::ruling)
            .distinct().toList())));
    }
}
