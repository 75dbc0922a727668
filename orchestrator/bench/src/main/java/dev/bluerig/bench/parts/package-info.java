/// What the hot inner parts of a run cost, each for itself, by JMH.
///
/// | type | what it is |
/// |---|---|
/// | `Parts` | `orchestrator/bench/run parts` |
/// | `PartsBenchmark` | the parts that are measured |
/// | `Recording` | what one machine answered to each command |
/// | `RecordedTransport` | a wire whose far end is a shell that answers from a recording |
package dev.bluerig.bench.parts;
