/// Plays times machines and trials times pairs: connections, plans, journal, secrets, interrupt.
///
/// | type | what it is |
/// |---|---|
/// | `Run` | the whole run: plays in order, their machines side by side |
/// | `MachineRun`, `RunContext` | one machine through all plays; what the machines share |
/// | `TrialScheduler` | one trial, its pairs side by side |
/// | `Connections`, `UnreachableDiagnosis` | one session per machine; why one does not answer |
/// | `ManagementGuard` | the management paths that must not be cut |
/// | `Plan`, `PlanFingerprint` | what a check foresaw and a person agreed to |
/// | `JournalEvent`, `WrittenJournal` | the lines of a journal as types; what they say of a run that was killed |
/// | `RunStart`, `Resume`, `JournalLock` | what a run was given; going on with it; whether it lives |
/// | `RecordError` | what a run must keep cannot be kept |
/// | `MachineFacts`, `SecretPatterns` | all facts of machines; what looks like a secret |
/// | `TaskId` | which task of a playbook, over runs |
/// | `Journal`, `RunDirectory`, `RunRecord`, `TaskResult` | what was done, on disk at once; where it lies; the run as data |
/// | `Redaction`, `RunListener`, `RunCode` | the last net under secrets; who is told; why the run itself ended something |
/// | `ExitCode` | how the process ends |
package dev.bluerig.run;
