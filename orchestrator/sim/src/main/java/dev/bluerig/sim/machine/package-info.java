/// The state of simulated computers: files, accounts, services, processes, card, kernel counters, and the cables between them.
///
/// | type | what it is |
/// |---|---|
/// | `SimMachine` | one computer, host or DPU: all of its state |
/// | `SimWorld`, `PacketFabric` | all machines with what connects them; what a packet meets on its way |
/// | `FactoryState`, `InstalledImage` | machines as they come; what is installed |
/// | `FileTree`, `ProcFiles` | files that were put there, and `/proc`, `/sys`, `/dev` as the state makes them |
/// | `SimCard` | a BlueField-2 in a host, seen from both sides |
/// | `ProcessTable`, `SimProcess`, `SimServices`, `Accounts` | processes, units and logins |
/// | `NetNamespace`, `SocketTable`, `TcpSocket` | what a kernel counts for one network namespace, and its sockets |
/// | `MachineFaults`, `TlsFault`, `TlsFaults` | what is wrong on purpose |
package dev.bluerig.sim.machine;
