/// From a connection to a secured channel: the handshake runs in the agent (Bouncy Castle's low-level TLS API), the keys go to the kernel
/// or stay here.
///
/// | what | where | from |
/// |---|---|---|
/// | certificates and pins | `Identity`, `Credentials`, `PinCheck` | RFC 5280; the pin is the SHA-256 of the certificate's DER and travels over SSH alone |
/// | handshake | `Handshake`, `HandshakeClient`, `HandshakeServer`, `CipherSuites`, `RecordStream` | RFC 5246, RFC 8446 |
/// | keys | `NegotiatedKeys` | RFC 5246 6.3, RFC 8446 7.3 |
/// | who makes the records | `KernelHandover`, `OutgoingRecords`, `IncomingRecords` | Documentation/networking/tls.rst |
/// | records in the agent | `RecordSealer`, `RecordOpener`, `RecordLayout` | RFC 5288, RFC 7905, RFC 8446 5 |
/// | beside payload | `ControlRecords` | RFC 8446 4.6 and 6 |
/// | a channel in use | `TlsChannel`, `StepDeadline`, `PairFailed`, `SystemFailures` | |
///
/// Keys are never changed: RFC 8446 5.5 advises to do so after 2^24.5 full records of AES-GCM (about 400 GB), kernels before 6.14 cannot,
/// and what the pair sends is a test pattern that is no secret.
package dev.bluerig.ktls.secure;
