/// The simulated lab at growing numbers of machines: whether what a run costs grows with them, and whether what it says stays short.
///
/// | type | what it is |
/// |---|---|
/// | `Scale` | `orchestrator/bench/run scale` |
/// | `SimFleet` | `bluerig lab sim up` in a process of its own |
/// | `FleetRun` | a run of bluerig on it: what it cost, and what it left |
/// | `ProcessWatch` | how many threads and how much live heap a process had |
/// | `ScaleTable` | all runs as Markdown and as JSON |
package dev.bluerig.bench.scale;
