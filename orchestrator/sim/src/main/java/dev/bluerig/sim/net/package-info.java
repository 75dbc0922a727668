/// The network devices of one simulated machine, with their features and counters.
///
/// | type | what it is |
/// |---|---|
/// | `SimLinks`, `SimLink` | the devices of one machine; one of them |
/// | `LinkFeatures` | offload features by the names of `ethtool -k` |
/// | `NamedCounters`, `NicCounterNames` | counters in the order in which they are printed |
/// | `CaptureTaps` | who captures on a link |
package dev.bluerig.sim.net;
