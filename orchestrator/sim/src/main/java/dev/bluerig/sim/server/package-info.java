/// The SSH servers of the lab, by MINA SSHD: logins, commands, file transfer, the way to a DPU.
///
/// | type | what it is |
/// |---|---|
/// | `SimServer` | all servers in one, on as many loopback addresses as there are machines |
/// | `SimNode`, `MachineDirectory` | where a machine listens; which one a session has reached |
/// | `MachineCommand`, `LineDiscipline` | one command or shell; what a terminal does for somebody who types |
/// | `SimLogins`, `KeyboardLogin` | who may log in; passwords, expired ones too |
/// | `SimFiles`, `SimFileProvider` | the machine's files for SFTP and SCP |
/// | `TmfifoChannel` | the only way to a DPU: through its host |
package dev.bluerig.sim.server;
