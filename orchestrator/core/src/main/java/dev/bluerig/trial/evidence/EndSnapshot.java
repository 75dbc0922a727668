package dev.bluerig.trial.evidence;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.fact.tls.TlsFlags;

/// One end at one moment, asked from outside the agent. Each part may be unknown, and says why.
public record EndSnapshot(Reading<TlsCounters> tls, Reading<NicCounters> nic, Reading<TlsFlags> flags, Reading<Boolean> carrier,
    Reading<PeerRoute> route,
                       Reading<Retransmits> retransmits, Reading<KernelTlsSockets> sockets) {}
