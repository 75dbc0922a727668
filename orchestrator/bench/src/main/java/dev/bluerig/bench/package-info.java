/// bluerig beside a shell script over parallel `ssh`, and what else does the job, on the machines of a fleet.
///
/// | type | what it is |
/// |---|---|
/// | `BenchMain` | where `orchestrator/bench/run` enters |
/// | `JobComparison`, `ComparedTool`, `ComparedTools`, `Cost` | tools in turns; one of them; all; what a run cost |
/// | `Peers` | what users would take in bluerig's place |
/// | `Result`, `ResultTable`, `ResultFiles`, `ResultPlot` | medians and ratios; as Markdown, JSON, a drawing |
package dev.bluerig.bench;
