/// What the kernel and the card say of TLS: flags, counters, sockets; and how captured packets are read.
///
/// | type | what it is |
/// |---|---|
/// | `TlsFlags`, `OffloadFlags` | the TLS offload flags of one link; of all links that were asked for |
/// | `TlsCounters`, `Retransmits` | counters of `/proc/net/tls_stat` and of TCP |
/// | `TlsSockets`, `KernelTlsSockets`, `KernelTlsCiphers` | open connections in a card; in kernel or card; their versions and ciphers |
/// | `CapturedSegments` | TCP segments of a capture file |
/// | `BsdTlsCounters` | the counters of FreeBSD's kernel TLS |
package dev.bluerig.fact.tls;
