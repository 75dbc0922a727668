package dev.bluerig.trial.verdict;

import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.List;
import java.util.OptionalLong;

/// The card's own counters on the tested port: how much of the payload's records it handled.
///
/// TX counts record bytes, RX whole packets with their headers (mlx5 en_accel/ktls_txrx.c, ktls_rx.c). Shares are of record bytes, not of
/// payload: with small writes most of what is sent is overhead, and a share of the payload would prove nothing.
record CardWitness() implements WitnessCheck {
    /// Ethernet 14, IPv4 20, TCP 20 with its timestamp option 12.
    private static final int HEADERS = 66;
    private static final int IPV6_MORE = 20;
    /// The largest packet of a test-bed: what one retransmit may add.
    private static final int LARGEST_PACKET = 9000;
    private static final double ABOUT_NOTHING = 0.01;
    /// No packet is longer, whatever was put together (RFC 791, total length).
    static final int LONGEST_PACKET = 1 << 16;

    @Override
    public Witness witness() {
        return Witness.CARD_COUNTERS;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        long wire = evidence.wire();
        double least = least(evidence, wire);
        double most = (wire + evidence.besides() + LARGEST_PACKET * retransmits(evidence)) * (1 + evidence.thresholds().surplus());
        String required = evidence.bytes() + " +" + FigureText.count((long) Math.ceil(least)) + " to +" + FigureText.count((long) most)
            + (evidence.direction() == Direction.RX ? " without headers" : "")
            + " for " + FigureText.count(evidence.carried().bytes()) + " bytes of payload in " + FigureText.count(evidence.records())
            + " records";
        if (evidence.carried().bytes() == 0) return says(Statement.SILENT, required, "no payload was carried");
        return switch (evidence.card(evidence.bytes())) {
            case CounterDelta.Unknown(String why) -> says(Statement.SILENT, required, why);
            case CounterDelta.Reset(String what) ->
                says(Statement.OBJECTS, required, what + ": the driver was loaded again, or the machine rebooted");
            case CounterDelta.Increase(long bytes) -> switch (evidence.card(evidence.packets())) {
                case CounterDelta.Unknown(String why) -> says(Statement.SILENT, required, why);
                case CounterDelta.Reset(String what) ->
                    says(Statement.OBJECTS, required, what + ": the driver was loaded again, or the machine rebooted");
                case CounterDelta.Increase(long packets) -> weighed(evidence, required, bytes, packets, least, most);
            };
        };
    }

    private Testimony weighed(DirectionEvidence evidence, String required, long bytes, long packets, double least, double most) {
        long headers = evidence.direction() == Direction.RX ? headers(evidence) * packets : 0;
        long records = Math.max(0, bytes - headers);
        double share = records / (double) evidence.wire();
        String seen = evidence.end().link() + " of " + evidence.end().machine() + ": " + evidence.bytes() + " +" + FigureText.count(bytes)
            + " in " + FigureText.count(packets) + " packets"
            + (headers > 0 ? ", " + FigureText.count(records) + " without headers" : "") + ": " + FigureText.share(share)
            + " of the records";
        boolean card = evidence.places().contains(TlsConf.CARD);
        if (bytes > packets * LONGEST_PACKET) return says(Statement.OBJECTS, required, seen + ": figures that cannot be");
        if (card && bytes == 0)
            return says(Statement.OBJECTS, required, seen + ", while the kernel says that a card handles them: not by this port");
        if (!card && share < ABOUT_NOTHING) return says(Statement.SOFTWARE, required, seen);
        if (records > most) return says(Statement.OBJECTS, required, seen + ": more than ours");
        long byThen = evidence.cardByThen(evidence.bytes())
            .orUnknown() - (evidence.direction() == Direction.RX ? headers(evidence) * evidence.cardByThen(evidence.packets()).orUnknown()
            : 0);
        if (card && records >= least && byThen < least)
            return says(Statement.OBJECTS, required, seen + "; only " + FigureText.count(Math.max(0, byThen))
                + " of them when the payload was through, so the rest is not ours");
        return says(records >= least ? Statement.HARDWARE : Statement.MIXED, required, seen);
    }

    /// TX: all of it, or with small writes all but what counting records may be wrong by. RX: the first packets of a connection are the
    /// kernel's.
    private static double least(DirectionEvidence evidence, long wire) {
        return evidence.direction() == Direction.TX ? Math.max(evidence.carried().bytes(), wire * (1 - evidence.thresholds().surplus()))
            : wire * evidence.thresholds().received();
    }

    /// The sender's agent counts those of its connections; they cannot be more than those of its whole machine, where that is known.
    private static long retransmits(DirectionEvidence evidence) {
        EndObservation sender = evidence.direction() == Direction.TX ? evidence.end() : evidence.peer();
        long all = Readings.rise("RetransSegs", List.of(sender.before().retransmits(), sender.after().retransmits()),
            (Retransmits seen) -> OptionalLong.of(seen.retransmitted())).orUnknown();
        long own = Math.max(0, sender.pair().usage().retransmits());
        return all < 0 ? own : Math.min(own, all);
    }

    private static long headers(DirectionEvidence evidence) {
        boolean ipv6 = evidence.end().during().sockets().ifKnown().map(KernelTlsSockets::sockets).stream().flatMap(List::stream)
            .anyMatch(socket -> socket.local().startsWith("[") && !socket.local().startsWith("[::ffff:"));
        return ipv6 ? HEADERS + IPV6_MORE : HEADERS;
    }
}
