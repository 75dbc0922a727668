package dev.bluerig.trial.evidence;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.inventory.LinkName;
import java.util.List;

/// One end at one moment, asked from outside the agent. Each part may be unknown, and says why.
public record EndSnapshot(Reading<TlsCounters> tls, Reading<NicCounters> nic, Reading<TlsFlags> flags, Reading<Boolean> carrier,
    Reading<PeerRoute> route,
                       Reading<Retransmits> retransmits, Reading<KernelTlsSockets> sockets) {
    private record LinkState(Reading<NicCounters> nic, Reading<TlsFlags> flags, Reading<Boolean> carrier) {}

    /// All of it in one fact. `peer`: the address that packets of this end are sent to.
    public static Fact<EndSnapshot> of(LinkName link, String peer) {
        Fact<TlsFlags> flags = new OffloadFlags.Seen(List.of(new LinkRef.ByName(link)))
            .flatMap(all -> all.of(link).map(Reading::known).orElseGet(() -> Reading.unknown(link + " is gone")));
        Fact<Boolean> carrier = new Links.Seen().flatMap(all -> all.named(link)
            .map(seen -> Reading.known(seen.up() && seen.carrier())).orElseGet(() -> Reading.unknown(link + " is gone")));
        Fact<LinkState> state = new NicCounters.Seen(link).maybe().with(flags.maybe(), carrier.maybe(), LinkState::new);
        return new TlsCounters.Seen().maybe().with(state, new PeerRoute.Seen(peer).maybe(), new Retransmits.Seen().maybe(),
            new KernelTlsSockets.Seen().maybe(), (tls, seen, route, retransmits, sockets) ->
                new EndSnapshot(tls, seen.nic(), seen.flags(), seen.carrier(), route, retransmits, sockets));
    }

    /// What was read of that fact; a machine that was lost tells nothing.
    public static EndSnapshot read(Reading<EndSnapshot> reading) {
        return switch (reading) {
            case Reading.Known<EndSnapshot>(EndSnapshot seen) -> seen;
            case Reading.Unknown<EndSnapshot>(String why) -> new EndSnapshot(Reading.unknown(why), Reading.unknown(why),
                Reading.unknown(why), Reading.unknown(why), Reading.unknown(why), Reading.unknown(why), Reading.unknown(why));
        };
    }
}
