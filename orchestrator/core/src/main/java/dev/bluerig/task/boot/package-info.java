/// What makes the settings of a link last over a reboot, in the files of whoever sets it up.
///
/// | type | what it is |
/// |---|---|
/// | `LinkFiles` | addresses, MTU and state of one link in the owner's files |
/// | `FlagFiles` | the TLS offload flags of one link in the owner's files, or in a unit of ours |
/// | `MasterAddresses` | whether the addresses of a link's master last, too |
/// | `BootDifferences` | what is wanted at boot against what the files would do |
/// | `NetplanText`, `NetworkdText`, `IfupdownText`, `IfcfgText` | what is written, for each owner |
/// | `NetworkManagerProfile` | one link in NetworkManager |
package dev.bluerig.task.boot;
