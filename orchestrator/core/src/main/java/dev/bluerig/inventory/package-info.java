/// What the test-bed is: machines, groups, ports, pairs and logins, read from one file and linted.
///
/// | type | what it is |
/// |---|---|
/// | `InventoryReader` | from the file to an `Inventory`, or to every problem with its place |
/// | `Inventory` | machines in the order written, groups, pairs |
/// | `Machine`, `Pair`, `Ssh` | a host or a DPU with its variables merged; two cabled hosts; how to log in |
/// | `InventorySchema`, `InventoryBinder`, `InventoryLint` | the file as written; from tree to value; what can be wrong between its parts |
/// | `Selection`, `NameRange` | which machines are meant; many names as one |
/// | `TemplateContext` | what templates see of a machine |
/// | `CableId`, `DpuMode` | one cable of a pair; how a DPU is meant to be used |
/// | `PciAddress`, `CardSlot`, `Cidr`, `Mtu`, `Version` | values that are checked when they are made |
package dev.bluerig.inventory;
