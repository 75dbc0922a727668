package dev.bluerig.sim.machine;

/// What can be wrong with kernel TLS, the card or the cable of a machine, on purpose.
public enum TlsFault {
    /// The package with the module `tls` is not installed.
    NO_TLS_MODULE,
    /// The kernel was built without TLS.
    NO_TLS_KERNEL,
    /// The driver says `hw` and counts contexts, and the CPU does the work.
    CARD_PRETENDS,
    /// The card counts what it should encrypt, and the payload is on the cable in clear; the peer's card takes it as it is, so that no
    /// counter tells.
    CARD_LEAKS,
    /// The card counts TLS on its other port.
    COUNTERS_ELSEWHERE,
    /// The agent's connections live in another network namespace than the shell.
    OTHER_NAMESPACE,
    /// sock_diag answers EPERM.
    SOCK_DIAG_REFUSED,
    /// Nothing below the payload cache may be executed.
    NO_EXEC,
    /// The card's error counters rise.
    CARD_ERRORS,
    /// CRC and symbol errors arrive on the cable.
    CABLE_ERRORS,
    /// What is decrypted here differs from what was sent.
    CORRUPT_PAYLOAD,
    /// Records arrive with a changed bit.
    CORRUPT_RECORD,
    /// The card is much too hot.
    OVERHEATING,
    /// The card moves little, and its PCIe link is narrow.
    SLOW_CARD,
    /// Somebody else answers on the machine's addresses.
    DUPLICATE_HOST,
    /// Flows are carried by the DPU's cores.
    FLOWS_IN_SOFTWARE
}
