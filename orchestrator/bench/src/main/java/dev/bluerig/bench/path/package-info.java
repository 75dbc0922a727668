/// What a byte costs on its way through the pair of agents, beside other ways to carry it.
///
/// | type | what it is |
/// |---|---|
/// | `DataPath` | the subcommand |
/// | `PathComparison`, `TransferProgram` | all programs in turn; one way to carry bytes |
/// | `LoopTransfer`, `LoopEnd`, `OwnLoop` | both ends as processes; one end of a loop of ours; which loops there are |
/// | `HalfwayMeter` | meters a process from the middle of its bytes on |
package dev.bluerig.bench.path;
