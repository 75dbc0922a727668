/// Open vSwitch as a model: the database with its transactions, `ovs-vsctl`'s language, and OpenFlow rules.
///
/// | type | what it is |
/// |---|---|
/// | `OpenVSwitch` | the switch of one machine, held to a real one by the shared transcript |
/// | `OvsdbDatabase`, `OvsdbTable`, `OvsdbRow`, `OvsdbColumn`, `OvsdbValue` | rows, columns and values |
/// | `Vsctl`, `OvsdbTransaction` | one run of `ovs-vsctl`: options, commands, all or nothing |
/// | `BridgeCommands`, `RecordCommands`, `VsctlShow` | what its commands do |
/// | `OpenFlowRules` | the rules of the bridges |
package dev.bluerig.sim.ovs;
