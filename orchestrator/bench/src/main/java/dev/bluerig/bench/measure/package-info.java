/// What a command cost: time, and memory.
///
/// | type | what it is |
/// |---|---|
/// | `TimedCommand` | a command that ended: seconds elapsed, seconds of CPU, what it printed |
/// | `WorkDirectory` | a temporary directory that goes however the bench ends |
/// | `Median` | the middle of some figures |
/// | `ProcessTimes` | the processes that run now, and their CPU |
/// | `MemoryPeak` | the most memory that a changing set of processes held |
/// | `RemainingProcesses` | what a command left running is ended, and counted |
package dev.bluerig.bench.measure;
