package dev.bluerig.trial.verdict;

import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.FigureFormat;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.Testimony.Says;
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
    public Testimony hear(DirectionEvidence matter) {
        long wire = matter.wire();
        double least = least(matter, wire);
        double most = (wire + matter.besides() + LARGEST_PACKET * retransmits(matter)) * (1 + matter.bars().surplus());
        String required = matter.bytes() + " +" + FigureFormat.count((long) Math.ceil(least)) + " to +" + FigureFormat.count((long) most)
            + (matter.half() == Direction.RX ? " without headers" : "")
            + " for " + FigureFormat.count(matter.carried().bytes()) + " bytes of payload in " + FigureFormat.count(matter.records())
            + " records";
        if (matter.carried().bytes() == 0) return says(Says.SILENT, required, "no payload was carried");
        return switch (matter.card(matter.bytes())) {
            case CounterDelta.Silent(String why) -> says(Says.SILENT, required, why);
            case CounterDelta.Backwards(String what) ->
                says(Says.OBJECTS, required, what + ": the driver was loaded again, or the machine rebooted");
            case CounterDelta.By(long bytes) -> switch (matter.card(matter.packets())) {
                case CounterDelta.Silent(String why) -> says(Says.SILENT, required, why);
                case CounterDelta.Backwards(String what) ->
                    says(Says.OBJECTS, required, what + ": the driver was loaded again, or the machine rebooted");
                case CounterDelta.By(long packets) -> weighed(matter, required, bytes, packets, least, most);
            };
        };
    }

    private Testimony weighed(DirectionEvidence matter, String required, long bytes, long packets, double least, double most) {
        long headers = matter.half() == Direction.RX ? headers(matter) * packets : 0;
        long records = Math.max(0, bytes - headers);
        double share = records / (double) matter.wire();
        String seen = matter.end().link() + " of " + matter.end().machine() + ": " + matter.bytes() + " +" + FigureFormat.count(bytes)
            + " in " + FigureFormat.count(packets) + " packets"
            + (headers > 0 ? ", " + FigureFormat.count(records) + " without headers" : "") + ": " + FigureFormat.share(share)
            + " of the records";
        boolean card = matter.places().contains(TlsConf.CARD);
        if (bytes > packets * LONGEST_PACKET) return says(Says.OBJECTS, required, seen + ": figures that cannot be");
        if (card && bytes == 0)
            return says(Says.OBJECTS, required, seen + ", while the kernel says that a card handles them: not by this port");
        if (!card && share < ABOUT_NOTHING) return says(Says.SOFTWARE, required, seen);
        if (records > most) return says(Says.OBJECTS, required, seen + ": more than ours");
        long byThen = matter.cardByThen(matter.bytes())
            .orUnknown() - (matter.half() == Direction.RX ? headers(matter) * matter.cardByThen(matter.packets()).orUnknown() : 0);
        if (card && records >= least && byThen < least)
            return says(Says.OBJECTS, required, seen + "; only " + FigureFormat.count(Math.max(0, byThen))
                + " of them when the payload was through, so the rest is not ours");
        return says(records >= least ? Says.HARDWARE : Says.MIXED, required, seen);
    }

    /// TX: all of it, or with small writes all but what counting records may be wrong by. RX: the first packets of a connection are the
    /// kernel's.
    private static double least(DirectionEvidence matter, long wire) {
        return matter.half() == Direction.TX ? Math.max(matter.carried().bytes(), wire * (1 - matter.bars().surplus()))
            : wire * matter.bars().received();
    }

    /// The sender's agent counts those of its connections; they cannot be more than those of its whole machine, where that is known.
    private static long retransmits(DirectionEvidence matter) {
        EndObservation sender = matter.half() == Direction.TX ? matter.end() : matter.peer();
        long all = Readings.rise("RetransSegs", List.of(sender.before().retransmits(), sender.after().retransmits()),
            (Retransmits seen) -> OptionalLong.of(seen.retransmitted())).orUnknown();
        long own = Math.max(0, sender.pair().usage().retransmits());
        return all < 0 ? own : Math.min(own, all);
    }

    private static long headers(DirectionEvidence matter) {
        boolean ipv6 = Readings.known(matter.end().during().sockets()).map(KernelTlsSockets::sockets).stream().flatMap(List::stream)
            .anyMatch(socket -> socket.local().startsWith("[") && !socket.local().startsWith("[::ffff:"));
        return ipv6 ? HEADERS + IPV6_MORE : HEADERS;
    }
}
