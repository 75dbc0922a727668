/// What the namespace lab and the kernel lab share: names and addresses, machines' files, faults.
///
/// | type | what it is |
/// |---|---|
/// | `LabTopology`, `LabMachine` | what machines, links and addresses are called |
/// | `InventoryText`, `LabFiles` | the inventory of a lab as a person would write it; what `up` leaves for the user |
/// | `MachineFiles`, `LabCard` | the files that each machine gets; what the stand-ins for firmware tools say |
/// | `LabFaults` | what goes wrong with machines in the field, done on purpose |
/// | `MachineExec` | runs programs in a machine without its SSH |
/// | `LabPrograms`, `LabRemoval` | how a lab runs programs of the controller, and takes its files away |
/// | `LabFailed` | what was wanted, what was found, what to do next |
package dev.bluerig.lab.machine;
