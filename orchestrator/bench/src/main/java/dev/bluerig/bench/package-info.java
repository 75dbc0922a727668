/// bluerig beside a shell script over parallel `ssh`, on the machines of a namespace lab.
///
/// | type | what it is |
/// |---|---|
/// | `BenchMain` | where `orchestrator/bench/run` enters |
/// | `JobComparison`, `Job`, `JobCost` | two programs in turns; one of them; what a run cost |
/// | `Fleet` | the lab's hosts as the bench uses them |
/// | `StartUp` | how long commands take that connect to nothing |
/// | `ResultTable` | medians and ratios as Markdown |
package dev.bluerig.bench;
