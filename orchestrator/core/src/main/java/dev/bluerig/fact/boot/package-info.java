/// What the next boot would make of each link: the files and profiles of netplan, systemd-networkd, NetworkManager and ifupdown.
///
/// | type | what it is |
/// |---|---|
/// | `Persistence` | all that is written down for the links of a machine, and who reads it |
/// | `BootOwner` | who sets up one link at boot, so where a lasting setting belongs |
/// | `PersistentFiles` | sorts the files: ours by content, the others by what matters in them |
/// | `BootReaders` | which programs would read files at the next boot |
/// | `Netplan`, `NetplanFiles`, `NetplanDefinition` | netplan's files, merged as netplan merges them |
/// | `BootFiles`, `NetworkFile`, `NetworkFiles`, `MatchSection` | files of systemd-networkd and udev, matched as systemd matches them |
/// | `InterfacesFile`, `InterfacesReader`, `InterfacesClaim` | ifupdown's files and what takes a link in them |
/// | `NetworkManagerDevices` | devices and profiles of NetworkManager |
package dev.bluerig.fact.boot;
