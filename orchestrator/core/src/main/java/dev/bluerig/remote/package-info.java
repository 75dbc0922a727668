/// What bluerig asks of a machine that answers, whatever the way to it: commands, exchanges, replies, running programs.
///
/// | type | what it is |
/// |---|---|
/// | `Command` | one program to run: a list of words, quoted here and nowhere else |
/// | `Session` | one machine that answers: one connection, one resident shell |
/// | `Exchange`, `Reply` | what travels in one round trip; what became of one command |
/// | `RunningProgram` | a program that is talked to line by line while commands are exchanged |
/// | `Dialer` | from an inventory entry to a session |
/// | `Unreachable`, `ConnectionCode` | a machine that was not reached or was lost, and why |
///
/// `remote.shell` and `remote.ssh` implement it; of the other rooms only the command line knows them.
package dev.bluerig.remote;
