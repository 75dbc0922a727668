package dev.bluerig.trial;

import dev.bluerig.fact.KernelTlsSockets;
import dev.bluerig.fact.Retransmits;
import dev.bluerig.trial.Testimony.Says;
import java.util.List;
import java.util.OptionalLong;

/// The card's own counters on the tested port: how much of the payload's records it handled.
///
/// TX counts record bytes, RX whole packets with their headers (mlx5 en_accel/ktls_txrx.c, ktls_rx.c; domain facts 2.5). Shares are of record bytes, not of
/// payload: with small writes most of what is sent is overhead, and a share of the payload would prove nothing.
record CardWitness() implements Hearing {
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
    public Testimony hear(Matter matter) {
        long wire = matter.wire();
        double least = least(matter, wire);
        double most = (wire + matter.besides() + LARGEST_PACKET * retransmits(matter)) * (1 + matter.bars().surplus());
        String required = matter.bytes() + " +" + Numbers.count((long) Math.ceil(least)) + " to +" + Numbers.count((long) most) + (matter.half() == Half.RX ? " without headers" : "")
            + " for " + Numbers.count(matter.carried().bytes()) + " bytes of payload in " + Numbers.count(matter.records()) + " records";
        if (matter.carried().bytes() == 0) return says(Says.SILENT, required, "no payload was carried");
        return switch (matter.card(matter.bytes())) {
            case Rise.Silent(String why) -> says(Says.SILENT, required, why);
            case Rise.Backwards(String what) -> says(Says.OBJECTS, required, what + ": the driver was loaded again, or the machine rebooted");
            case Rise.By(long bytes) -> switch (matter.card(matter.packets())) {
                case Rise.Silent(String why) -> says(Says.SILENT, required, why);
                case Rise.Backwards(String what) -> says(Says.OBJECTS, required, what + ": the driver was loaded again, or the machine rebooted");
                case Rise.By(long packets) -> weighed(matter, required, bytes, packets, least, most);
            };
        };
    }

    private Testimony weighed(Matter matter, String required, long bytes, long packets, double least, double most) {
        long headers = matter.half() == Half.RX ? headers(matter) * packets : 0;
        long records = Math.max(0, bytes - headers);
        double share = records / (double) matter.wire();
        String seen = matter.end().link() + " of " + matter.end().machine() + ": " + matter.bytes() + " +" + Numbers.count(bytes) + " in " + Numbers.count(packets) + " packets"
            + (headers > 0 ? ", " + Numbers.count(records) + " without headers" : "") + ": " + Numbers.share(share) + " of the records";
        boolean card = matter.places().contains(Place.CARD);
        if (bytes > packets * LONGEST_PACKET) return says(Says.OBJECTS, required, seen + ": figures that cannot be");
        if (card && bytes == 0) return says(Says.OBJECTS, required, seen + ", while the kernel says that a card handles them: not by this port");
        if (!card && share < ABOUT_NOTHING) return says(Says.SOFTWARE, required, seen);
        if (records > most) return says(Says.OBJECTS, required, seen + ": more than ours");
        long byThen = matter.cardByThen(matter.bytes()).orUnknown() - (matter.half() == Half.RX ? headers(matter) * matter.cardByThen(matter.packets()).orUnknown() : 0);
        if (card && records >= least && byThen < least)
            return says(Says.OBJECTS, required, seen + "; only " + Numbers.count(Math.max(0, byThen)) + " of them when the payload was through, so the rest is not ours");
        return says(records >= least ? Says.HARDWARE : Says.MIXED, required, seen);
    }

    /// TX: all of it, or with small writes all but what counting records may be wrong by. RX: the first packets of a connection are the kernel's.
    private static double least(Matter matter, long wire) {
        return matter.half() == Half.TX ? Math.max(matter.carried().bytes(), wire * (1 - matter.bars().surplus())) : wire * matter.bars().received();
    }

    /// The sender's program counts those of its connections; they cannot be more than those of its whole machine, where that is known.
    private static long retransmits(Matter matter) {
        End sender = matter.half() == Half.TX ? matter.end() : matter.peer();
        long all = Heard.rise("RetransSegs", List.of(sender.before().retransmits(), sender.after().retransmits()), (Retransmits seen) -> OptionalLong.of(seen.retransmitted())).orUnknown();
        long own = Math.max(0, sender.pair().usage().retransmits());
        return all < 0 ? own : Math.min(own, all);
    }

    private static long headers(Matter matter) {
        boolean ipv6 = Heard.known(matter.end().during().sockets()).map(KernelTlsSockets::sockets).stream().flatMap(List::stream)
            .anyMatch(socket -> socket.local().startsWith("[") && !socket.local().startsWith("[::ffff:"));
        return ipv6 ? HEADERS + IPV6_MORE : HEADERS;
    }
}
