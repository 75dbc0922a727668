/// Runs one trial on one pair, from the preconditions to the sheets.
///
/// | type | what it is |
/// |---|---|
/// | `TrialRun` | the whole of it; whatever goes wrong is part of the result |
/// | `Preconditions` | ordinary tasks that are asked for their diff before anything is brought |
/// | `MatrixRun`, `TrafficRun` | every load over every cable; the pair run once |
/// | `Flip` | the flags off for one run, and back whatever happens |
/// | `PairObserver`, `PairSnapshot`, `WireTap` | observations from outside of the agents; everything at one time; a capture on a DPU |
/// | `PairSessions`, `SessionSource` | the sessions of the pair's machines, and where they come from |
/// | `HardwareSheets`, `SheetLayout` | the sheets to sign about the machines; what they hold, which is also what is asked |
/// | `TrialResult`, `Cell`, `TrialSkip` | what became of it; one combination on one cable; why it was not tried |
/// | `TrialListener`, `TrialCode` | who is told; why it ended |
package dev.bluerig.trial.run;
