/// `/bin/sh` of a simulated machine: enough of a POSIX shell for the resident shell's framing and for a person who types.
///
/// | type | what it is |
/// |---|---|
/// | `SimShell` | runs scripts; what it does not know it says |
/// | `ScriptSource`, `ShellLexer`, `ScriptParser`, `ScriptNode` | from bytes to what a script is made of |
/// | `Expansion`, `Redirections`, `Builtin` | words as given to programs; files of one command; what the shell does itself |
/// | `ShellPrograms` | finds and starts programs |
package dev.bluerig.sim.shell;
