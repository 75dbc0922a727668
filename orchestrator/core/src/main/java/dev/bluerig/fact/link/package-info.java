/// What links, addresses and routes a machine has, and who can be reached over them.
///
/// | type | what it is |
/// |---|---|
/// | `Links`, `Link` | all network devices with their addresses |
/// | `LinkRef`, `PortLinks` | a link by name or PCI address; which netdev stands for a PCI function |
/// | `Routes`, `PeerRoute` | routes of all tables; the kernel's own choice for one address |
/// | `Reachability` | whether peers answer on the link that is cabled to them |
/// | `DpuPath` | what a host sees of a DPU that does not answer |
/// | `UplinkCounters`, `PortSpeed`, `NearCpus` | figures of ports |
package dev.bluerig.fact.link;
