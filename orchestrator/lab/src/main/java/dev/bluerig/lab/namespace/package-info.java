/// Pairs of hosts and DPUs as network namespaces, with real OpenSSH, Open vSwitch and veth links.
///
/// | type | what it is |
/// |---|---|
/// | `NamespaceLab` | `bluerig lab namespace`: up, down, status |
/// | `NamespaceWiring` | which namespaces and links it makes: a pure function of the topology |
/// | `Namespace` | one network namespace as the kernel shows it |
/// | `NamespaceDirectory`, `NamespaceStatus` | the lab on disk; what of it is up |
/// | `NamespaceLabRequirements`, `Subnets` | what it needs of the controller; which management subnet is free |
package dev.bluerig.lab.namespace;
