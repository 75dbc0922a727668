/// What makes the settings of a link last over a reboot, in the files of whoever sets it up.
///
/// | type | what it is |
/// |---|---|
/// | `BootSettings`, `EthtoolWords` | what of one link is to last; a new kind of setting begins here |
/// | `BootBackend` | whoever sets up the link: the one switch over `BootOwner`, and what is asked of each |
/// | `NetplanBackend`, `NetworkdBackend`, `IfupdownBackend`, `IfcfgBackend` | the files of each, and what is edited in them |
/// | `NetworkManagerBackend`, `NetworkManagerProfile` | words of nmcli |
/// | `NobodyBackend` | why nothing can be written |
/// | `EthtoolUnit`, `FlagUnit` | the unit of ours that sets what no file of theirs can hold, and its text |
/// | `OwnNetworkFile`, `BootDifferences` | what systemd-networkd and udev would make of a file of ours among the others |
/// | `InterfaceAtBoot`, `MasterAddresses` | a link as part of a bridge, bond or switch, and the addresses of those |
package dev.bluerig.task.boot;
