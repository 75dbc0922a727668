/// The wire protocol of the pair (docs/pair-protocol.md), once: the controller and the agent compile against it, and it goes to hosts
/// inside the agent's jar. It uses nothing but Java 22.
///
/// | what | where |
/// |---|---|
/// | first line to an agent | `AgentSettings` of `EndpointSettings`, `TlsSettings`, `LoadSettings`, `LifetimeSettings` |
/// | later lines to it | `AgentCommand` |
/// | lines from it | `AgentEvent` with `ConnectionState`, `Flow`, `CpuUsage`; how they are written: `AgentEventFormat` |
/// | why an agent ends early | `AgentCode` |
/// | what is put back on a machine, and until when its holder does it | `Lease` |
/// | words of both sides | `Role`, `TlsVersion`, `Cipher`, `CertificateKind`, `TlsConf`, `AddressLiteral`, `CoreList` |
/// | the payload | `PayloadPattern`, from `SplitMix64` |
/// | JSON | `JsonValue` writes, `JsonReader` and `FieldReader` read, `MalformedLine` refuses |
package dev.bluerig.protocol;
