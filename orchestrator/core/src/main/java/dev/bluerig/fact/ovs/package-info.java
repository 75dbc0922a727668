/// What Open vSwitch holds and does: bridges, ports, flows, offload, and what a restart would take away.
///
/// | type | what it is |
/// |---|---|
/// | `OvsTopology` | bridges and ports, as the database and the running switch say |
/// | `OvsDaemon` | whether Open vSwitch lives, and what ovs-vswitchd runs with |
/// | `OvsFlows`, `OvsRestart` | OpenFlow rules, groups and meters: of some bridges, and those that a restart would take |
/// | `OvsQuestion`, `OvsTable`, `OvsColumns` | how the switch is asked, and how its tables are read |
/// | `SwitchedPorts`, `SwitchedFlows` | which links are ports of it; which flows the card carries |
/// | `TcOffload` | `hw-tc-offload` of the links that a bridge holds |
package dev.bluerig.fact.ovs;
