/// Sessions over any transport: one resident `/bin/sh` per machine, and the framing that keeps its replies apart.
///
/// | type | what it is |
/// |---|---|
/// | `ShellSession` | a `Session`: exchanges, launched programs, a new shell when a command had to be ended |
/// | `Transport` | one connection below the shell: starts programs, carries bytes |
/// | `Framing`, `Decoder` | commands to bytes; two output streams, cut anywhere, to frames |
/// | `Conversation` | one exchange on its way: what is answered, what comes next |
/// | `Shell`, `ShellStarter` | one `/bin/sh` on one channel; how it is started with the rights that are wanted |
/// | `NoShell` | why no shell came, judged by what was printed instead |
/// | `ShellProgram` | a launched program on a channel of its own |
package dev.bluerig.remote.shell;
