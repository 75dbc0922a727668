/// What every cause of failure has in common, whichever room names it: a code with a meaning and a next step.
///
/// | type | what it is |
/// |---|---|
/// | `Code` | one thing that can go wrong, as `bluerig explain CODE` prints it; an enum in each room implements it |
/// | `CodesOf`, `Explained` | whose codes an enum has; what one of them means, and what to do |
/// | `CodeName`, `CodeFamily` | a code as records keep it; which enum it is of |
///
/// The enums, from the bottom up: `ConnectionCode`, `Finding`, `EngineCode`, `DeployCode`, `AgentCode`, `DriverCode`, `Symptom`,
/// `TrialCode`, `RunCode`.
package dev.bluerig.diagnostic;
