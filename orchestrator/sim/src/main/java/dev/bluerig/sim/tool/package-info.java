/// The programs of a simulated machine: each reads and changes the machine's state and prints as the real one does.
///
/// | type | what it is |
/// |---|---|
/// | `Tools` | every program, by name |
/// | `Tool`, `ProgramCall` | a program; one run of it with everything it can reach |
/// | `GetOpt`, `FileDescriptors` | options in the getopt(3) manner; the files a process has open |
/// | `Ip`, `Ethtool`, `OvsVsctl`, `CardTools`, `Systemctl`, ... | one class a program, or a few that belong together |
///
/// Nothing is guessed: a program or an option that is not modelled fails and says so.
package dev.bluerig.sim.tool;
