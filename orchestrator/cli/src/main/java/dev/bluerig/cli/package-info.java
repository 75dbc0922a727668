/// The `bluerig` command: which words mean what, what is printed, and how the process ends.
///
/// | type | what it is |
/// |---|---|
/// | `Main`, `Bluerig` | where the process starts; commands, and the exit code of each way of failing |
/// | `CliContext` | what commands need of the world outside, so that tests can give another one |
/// | `ProjectOptions`, `RunOptions` | options that say which files; options of commands that run a playbook |
/// | `PlaybookCommand`, `PlaybookRun` | what `check`, `apply` and `accept` have in common |
/// | `CheckCommand`, `ApplyCommand`, `AcceptCommand`, ... | one class a command |
/// | `Terminal`, `StyledLine`, `LiveLine` | where words go; one line in pieces; the line that moves |
/// | `TextReport`, `TrialText`, `WitnessText`, `JournalText` | results in words, and what a run without a report had done |
/// | `Keyboard`, `InterruptHandler` | the person at the keyboard; Ctrl-C |
package dev.bluerig.cli;
