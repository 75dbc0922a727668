/// The agent's view of an operating system: TCP with kernel TLS, meters, affinity; interfaces and values alone.
///
/// | type | what it is |
/// |---|---|
/// | `Network`, `Connection` | TCP with kernel TLS, as an operating system offers it |
/// | `RecordKeys`, `Cipher`, `TlsVersion` | what protects the records of one direction, as kernels know it |
/// | `Meter` | what work has cost so far |
/// | `Affinity` | which cores this process may run on |
/// | `SystemFailure` | a call that the operating system refused |
///
/// `ktls.linux` implements it by system calls, the simulated lab in the JVM.
package dev.bluerig.ktls;
