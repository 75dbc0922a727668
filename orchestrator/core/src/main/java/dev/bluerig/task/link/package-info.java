/// Wanted states of one link while the machine runs, and whose link it is.
///
/// | type | what it is |
/// |---|---|
/// | `InterfaceSpec`, `OffloadSpec` | what a link, and its TLS offload flags, shall be |
/// | `LinkState`, `FlagState` | a link, and its flags, against what is wanted of them |
/// | `LinkOwnership` | whether a link is free for what is wanted of it |
/// | `CardInUse` | what to tell whoever wants to change a card while connections live in it |
/// | `MissingPort` | why no netdev stands for a PCI function |
package dev.bluerig.task.link;
