package dev.bluerig.trial.verdict;

/// Who is asked where encryption happened. `HARDWARE` needs every one of them.
public enum Witness {
    VERSION_AND_CIPHER("the card can handle this version and cipher"),
    CONNECTION_STATE("the kernel says of every connection, at the start and at the end, that the card handles it"),
    KERNEL_COUNTERS("/proc/net/tls_stat counted every connection as device, none as software, and no foreign connection moved it"),
    CARD_COUNTERS("the card's own counters on the tested port rose by the payload"),
    ERROR_COUNTERS("the card's and the kernel's error counters stand still, and disorder is bounded"),
    UNCHANGED("flag, carrier and route are the same at the start and at the end, and the payload arrived intact"),
    FLIP("with the flags off, the same run leaves the same counters still"),
    PATH("the payload passed both DPUs' uplinks"),
    WIRE("a capture on a DPU's uplink holds TLS records of the payload, and the payload itself nowhere in clear");

    private final String text;

    Witness(String text) {
        this.text = text;
    }

    /// Whether this witness tells where records are handled; the others tell whether that can be believed.
    public boolean places() {
        return this == CONNECTION_STATE || this == KERNEL_COUNTERS || this == CARD_COUNTERS;
    }

    public String text() {
        return text;
    }
}
