/// From playbook files and an inventory to what each machine has to be and each pair has to show.
///
/// | type | what it is |
/// |---|---|
/// | `PlaybookReader` | files to a `Playbook`, with every problem of all of them |
/// | `Playbook`, `PlaybookItem`, `Play`, `TaskEntry`, `TrialItem` | what is written: order, nothing that depends on a machine |
/// | `PlaybookResolver`, `TrialResolver` | renders and binds it for each machine and pair |
/// | `ResolvedPlay`, `ResolvedTask`, `ResolvedTrial` | the same made ready; nothing in it can be wrong any more |
/// | `Templates`, `Template` | where templates are looked for; one of them |
/// | `CodeCatalogue`, `ExplainPages` | the codes of this room and those below; what `explain` prints |
package dev.bluerig.playbook;
