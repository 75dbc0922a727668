/// Many cheap machines with a real sshd each: hosts and DPUs of a fleet, as a comparison needs them.
///
/// | type | what it is |
/// |---|---|
/// | `Fleet` | the machines that run: put back, looked at, metered beside SSH |
/// | `FleetPlan` | names, addresses, links, inventory: a pure function of their number |
/// | `Way` | how a DPU is reached |
/// | `FleetDirectory` | what is written before the machines start |
package dev.bluerig.bench.fleet;
