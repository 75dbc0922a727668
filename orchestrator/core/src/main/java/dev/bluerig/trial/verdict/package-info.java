/// From evidence to verdicts, and from verdicts to unmet expectations; pure: the same evidence always gives the same words.
///
/// | type | what it is |
/// |---|---|
/// | `Judge` | verdicts from evidence: one for each direction of each end |
/// | `Witness` | who is asked where encryption happened |
/// | `WitnessCheck`, `DirectionEvidence` | how one witness is heard, and about what; a class named `...Witness` for each |
/// | `Testimony`, `Verdict` | what one witness says; what all of them come to |
/// | `ErrorCounter` | the counters that tell of trouble, as data |
/// | `Expectations`, `UnmetExpectation`, `TrialTerms` | what was demanded and not found; what was demanded and left open |
/// | `Measurements`, `Measurement`, `Ratios` | the figures of a run, with and without offload |
/// | `TrafficJudge`, `TrafficEvidence` | the same rules for traffic that is not ours |
package dev.bluerig.trial.verdict;
