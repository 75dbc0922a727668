/// What runs on a machine: distribution, kernel and its modules, packages, services, files, programs.
///
/// | type | what it is |
/// |---|---|
/// | `OsRelease`, `KernelRelease`, `KernelConfig`, `KernelModules`, `KernelLog` | distribution and kernel |
/// | `PackageState`, `Services` | packages of the distribution; units of systemd |
/// | `FileState`, `WrittenFiles` | one file in full; many small files in one question |
/// | `InstalledPrograms`, `UnfitProgram` | which programs are there, and which are another one of the same name |
/// | `SshConnections` | which SSH connections a machine has |
/// | `Probe` | how a command of the user's ended that only looks |
package dev.bluerig.fact.system;
