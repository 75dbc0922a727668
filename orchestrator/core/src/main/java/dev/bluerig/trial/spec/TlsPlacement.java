package dev.bluerig.trial.spec;

/// Where encryption or decryption happened. Only `HARDWARE` is what a test-bed is accepted for.
public enum TlsPlacement {
    /// In the network card; every witness says so.
    HARDWARE,
    /// In the kernel, on the CPU.
    SOFTWARE,
    /// In the program, on the CPU: the kernel's TLS was not used.
    USER_SPACE,
    /// Some of it in the card and some on the CPU.
    MIXED,
    /// It cannot be told; a witness is missing or contradicts another.
    UNKNOWN
}
