/// Wanted states with one verb, `diff`; pure.
///
/// | type | what it is |
/// |---|---|
/// | `Task` | a wanted state: the fact it needs, and the diff; sealed, so that every kind is known |
/// | `TaskSpec` | what is written in a playbook; becomes a `Task` on one machine |
/// | `MachineContext` | that machine within its inventory |
/// | `InterfaceTask`, `OffloadTask`, `OvsTask`, `OvsBridgeTask` | links and the switch |
/// | `FileTask`, `PackagesTask`, `ServiceTask`, `CommandTask` | the rest of a machine |
/// | `FirmwareTask`, `KernelTask`, `ReachTask` | requirements: what bluerig can judge but not close |
/// | `FreeCardTask`, `TestedPortTask` | requirements of trials |
/// | `TaskCatalogue`, `FactCatalogue` | every task, and every fact of `bluerig facts`, by name |
package dev.bluerig.task;
