/// Whether the way into a machine stands a change, before the change is made; pure.
///
/// | type | what it is |
/// |---|---|
/// | `WayGuard` | a remedy against the way in: a `Refusal`, or nothing |
/// | `Refusal`, `Danger` | which links, addresses, routes, bridges, units and files, and why |
/// | `AddressPlay` | addresses and routes after the deeds of a remedy, as the kernel would have them |
/// | `LinkDangers`, `RouteDangers`, `UnitDangers`, `FileDangers`, `CommandDangers`, `PackageDangers` | what is looked at |
/// | `KeptGrants` | which edits of files of the way in leave it as it is |
/// | `CommandDeeds` | the deeds that the words of known programs come to |
package dev.bluerig.guard;
