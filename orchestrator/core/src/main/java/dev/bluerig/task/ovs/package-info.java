/// From the topology of Open vSwitch to the bridges that are wanted: the plan, what forbids it, and one transaction.
///
/// | type | what it is |
/// |---|---|
/// | `OvsBridgeSpec` | one wanted bridge |
/// | `OvsPlan` | where every port goes |
/// | `OvsObstacles` | why a plan must not be carried out |
/// | `OvsTransaction` | a plan as one `ovs-vsctl`, there and back |
/// | `OvsCarryOver`, `OvsPrograms` | what a bridge that goes hands on; its OpenFlow rules, groups and meters as commands |
/// | `OvsDevices`, `OvsPorts` | ports by what they are, whatever their names; what their names and states tell |
package dev.bluerig.task.ovs;
