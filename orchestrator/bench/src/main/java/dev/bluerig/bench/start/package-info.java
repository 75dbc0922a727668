/// What commands cost that connect to nothing.
///
/// | type | what it is |
/// |---|---|
/// | `StartUp` | `orchestrator/bench/run starts` |
/// | `RangedFleet` | a large inventory to be linted |
package dev.bluerig.bench.start;
