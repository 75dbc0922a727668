/// How the controller gets into a machine: which links, addresses and routes its packets go by, both ways.
///
/// | type | what it is |
/// |---|---|
/// | `WayIn` | all that was seen of it, and who comes by it |
/// | `WayCarriers` | the links and bridges that carry it, each with the reason |
/// | `RoutingTables`, `RoutingRules` | routes of all tables and kinds; the rules that pick a table |
/// | `RouteLookup`, `RouteAnswer` | what the kernel would answer to `ip route get`, from these alone |
/// | `Neighbours`, `BridgePorts`, `SwitchMacs` | behind which port of a bridge a next hop is |
/// | `ManagementPath` | the same for people: a link, and why it matters |
package dev.bluerig.fact.way;
