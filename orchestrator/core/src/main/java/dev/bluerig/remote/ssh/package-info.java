/// Machines dialled over SSH with JSch: logins, host keys, jump hosts, what counts of `ssh_config`, and enrolment.
///
/// | type | what it is |
/// |---|---|
/// | `SshDialer` | dials machines: the `Dialer` of real runs |
/// | `SshSettings`, `SshConfig`, `SshKeywords` | how this process uses SSH; what `ssh_config` says, and what of it is followed |
/// | `SharedSshConfig`, `SshConfigFiles` | one question to `ssh` for all names of which it says the same |
/// | `Connector`, `Login`, `KeyLogin` | connects with bounded retries; one attempt to log in; many keys in portions |
/// | `KnownHosts`, `HostKeyCheck`, `KnownHostsFile` | the host keys on file, our answer about one, how one is filed |
/// | `JschTransport` | the `Transport` over a logged-in connection |
/// | `JumpHosts`, `JumpProxy`, `ProxyProcess` | ways by jump hosts, to a DPU through its host, through a program of the user's |
/// | `LoginFailure` | why a login failed, in our words |
/// | `Enrolment` | makes a machine known: host key on file, factory password changed, our key installed |
package dev.bluerig.remote.ssh;
