/// The agent on a simulated machine: the real program in this JVM, with a simulated host, kernel TLS and card around it.
///
/// | type | what it is |
/// |---|---|
/// | `SimAgent` | what the `java` of a delivered runtime does here |
/// | `SimHost` | a simulated machine as the agent touches it |
/// | `SimNetwork`, `SimConnection` | TCP with kernel TLS: real loopback sockets, modelled paths |
/// | `TlsOffload`, `TlsContext` | where the kernel puts a direction; how kernel and card count it |
/// | `PacketPath`, `TcpFrames` | the way of the packets to the peer, and what they look like on a cable |
/// | `ModelledMeter` | CPU time as a model |
/// | `DuplicateHost`, `PortHolder` | strangers, for faults |
package dev.bluerig.sim.agent;
