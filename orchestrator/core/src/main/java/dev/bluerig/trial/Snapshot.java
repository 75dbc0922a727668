package dev.bluerig.trial;

import dev.bluerig.fact.KernelTlsSockets;
import dev.bluerig.fact.NicCounters;
import dev.bluerig.fact.PeerRoute;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.Retransmits;
import dev.bluerig.fact.TlsCounters;
import dev.bluerig.fact.TlsFlags;

/// One end at one moment, asked from outside the program. Each part may be unknown, and says why.
public record Snapshot(Reading<TlsCounters> tls, Reading<NicCounters> nic, Reading<TlsFlags> flags, Reading<Boolean> carrier, Reading<PeerRoute> route,
                       Reading<Retransmits> retransmits, Reading<KernelTlsSockets> sockets) {}
