/// Brings the agent to hosts and keeps it there: once per content, found again without upload.
///
/// | type | what it is |
/// |---|---|
/// | `AgentCache` | brings, finds and removes; one exchange when nothing is missing |
/// | `AgentPackage`, `Bundle` | what the build made for all hosts; what one host needs of it |
/// | `HostProbe`, `CacheLocation`, `DiskSpace`, `JavaVersion` | what one exchange tells of a host, and where a cache may lie |
/// | `Installation` | how an upload becomes a directory that nobody else can have changed |
/// | `InstalledAgent` | the agent on one machine, ready to be started |
/// | `Leftovers` | what a killed agent left behind, put back |
/// | `DeploymentFailed`, `DeployCode` | why the agent could not be brought |
package dev.bluerig.trial.deploy;
