/// A pair inside QEMU guests whose kernel takes the real TLS offload path into a card of ours.
///
/// | type | what it is |
/// |---|---|
/// | `KernelLab` | `bluerig lab kernel`: up, down, status, console |
/// | `Qemu`, `QemuCommand`, `Acceleration` | the process of one guest, its command line, how its instructions are run |
/// | `Guest`, `GuestHardware`, `GuestFiles` | a running guest; cards and cables that it makes; what it finds on its disk |
/// | `GuestImages`, `ImageCache`, `RootImage`, `Initrd`, `KernelImage` | what every guest is started from, and where it is kept |
/// | `NicModule` | builds the card, a kernel module |
/// | `KernelPackages`, `Apt`, `Mirror` | Debian's packages, without touching this machine's |
/// | `KernelDirectory`, `KernelStatus`, `KernelLabRequirements` | the lab on disk; what of it is up; what it needs |
package dev.bluerig.lab.kernel;
