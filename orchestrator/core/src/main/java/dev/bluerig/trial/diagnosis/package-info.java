/// Likely causes in the evidence of a trial that did not show what it should; pure.
///
/// | type | what it is |
/// |---|---|
/// | `Symptom` | a pattern with cause, check and fix: the table as data |
/// | `Diagnoses`, `Diagnosis`, `SymptomName` | what was found, the likeliest first; a symptom as records keep it |
/// | `DiagnosisInput`, `TrialEnvironment` | what a symptom looks at; what is around a trial on one machine |
/// | `SymptomPattern` | how a symptom is found; they stand in the classes named `...Patterns`, by subject |
package dev.bluerig.trial.diagnosis;
