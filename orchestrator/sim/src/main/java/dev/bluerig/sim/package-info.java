/// Simulated hosts and DPUs in this process, reached by real SSH; every report of them says SIMULATED.
///
/// | type | what it is |
/// |---|---|
/// | `SimLab` | the lab: comes up, is reached, goes down |
/// | `SimTopology` | what it consists of |
/// | `SimLabFiles` | inventory, known hosts and key, as files |
/// | `Fault`, `FaultInjector` | what can be wrong with one machine on purpose, and how it gets there |
package dev.bluerig.sim;
