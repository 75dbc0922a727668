/// What comes out when a wanted state is held against what was seen: differences, obstacles, a remedy.
///
/// | type | what it is |
/// |---|---|
/// | `Diff` | same, not applicable, unknown, unmet, or mendable |
/// | `Change` | one difference: what, expected, found |
/// | `Remedy` | commands, what undoes them, what they touch: plain data |
/// | `Finding` | why a wanted state cannot be mended by us: a code |
/// | `Failure` | why a task or a machine failed, complete enough to act on |
/// | `FindingForecast` | which changes that come first could close a finding |
/// | `DiffBuilder`, `RequirementBuilder` | collect the differences of several links; the verdict on what only a person can change |
/// | `MissingPrograms` | a remedy against the programs of its machine |
package dev.bluerig.task.diff;
