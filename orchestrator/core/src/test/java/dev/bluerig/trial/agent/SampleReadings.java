package dev.bluerig.trial.agent;

import static dev.bluerig.trial.verdict.EvidenceFixture.eachSample;
import static dev.bluerig.trial.verdict.EvidenceFixture.end;
import static dev.bluerig.trial.verdict.EvidenceFixture.offEnd;
import static dev.bluerig.trial.verdict.EvidenceFixture.snapshots;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.verdict.EvidenceFixture;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What happens to evidence on its way: some of it is not read, and lossy links leave their marks.
public final class SampleReadings {
    private static final Reading<?> LOST = Reading.unknown("no answer within 20 s");

    private SampleReadings() {}

    /// Nothing of it, or one to three readings, are lost.
    public static Evidence lost(Evidence evidence, Random random) {
        Evidence left = evidence;
        for (int many = random.nextInt(4); many > 0; many--) {
            Role role = Role.values()[random.nextInt(2)];
            UnaryOperator<EndObservation> loss = loss(random);
            left = random.nextInt(4) == 0 ? offEnd(left, role, loss) : end(left, role, loss);
        }
        return left;
    }

    private static UnaryOperator<EndObservation> loss(Random random) {
        int when = random.nextInt(3);
        int what = random.nextInt(10);
        int which = random.nextInt(100);
        if (what == 7)
            return EvidenceFixture.samples(samples -> samples.isEmpty() ? samples : samples.stream().skip(1 + which % samples.size())
                .toList());
        if (what == 8)
            return eachSample(sample -> sample.connection() % 3 == which % 3
                ? new ConnectionSample(sample.connection(), sample.when(), lost(), lost(), sample.version(), sample.cipher(), -1, -1)
                : sample);
        return snapshots((now, seen) -> now != when ? seen : lost(seen, what, which));
    }

    private static EndSnapshot lost(EndSnapshot seen, int what, int which) {
        return switch (what) {
            case 0 -> EvidenceFixture.tls(seen, SampleReadings.<TlsCounters>lost());
            case 1 -> EvidenceFixture.nic(seen, SampleReadings.<NicCounters>lost());
            case 2 -> EvidenceFixture.flags(seen, lost());
            case 3 -> EvidenceFixture.carrier(seen, lost());
            case 4 -> EvidenceFixture.route(seen, lost());
            case 5 -> EvidenceFixture.sockets(seen, lost());
            case 6 -> EvidenceFixture.tls(seen, counters -> new TlsCounters(thinned(counters.values(), which)));
            default -> EvidenceFixture.nic(seen, counters -> new NicCounters(thinned(counters.values(), which)));
        };
    }

    private static TreeMap<String, Long> thinned(java.util.Map<String, Long> values, int which) {
        var all = new TreeMap<>(values);
        List<String> names = List.copyOf(all.keySet());
        if (names.size() > 1) all.remove(names.get(which % names.size()));
        return all;
    }

    @SuppressWarnings("unchecked")
    private static <T> Reading<T> lost() {
        return (Reading<T>) LOST;
    }

    /// A few packets out of order, retransmits encrypted again: within what is in order.
    public static Evidence noise(Evidence evidence, Random random) {
        UnaryOperator<EndObservation> noise = EvidenceFixture.cardMoved(random.nextBoolean() ? "tx_tls_ooo" : "rx_tls_resync_req_pkt",
            random.nextInt(5));
        return end(evidence, Role.values()[random.nextInt(2)], noise);
    }
}
