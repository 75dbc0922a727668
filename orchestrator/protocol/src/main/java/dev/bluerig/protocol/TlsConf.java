package dev.bluerig.protocol;

/// Where one direction of one connection is handled, as sock_diag says (linux/tls.h TLS_CONF_*), or the agent itself when it is in the
/// program.
public enum TlsConf {
    CARD("hw"), CARD_RECORD("hw-record"), KERNEL("sw"), NONE("none"), PROGRAM("user-space");

    private final String text;

    TlsConf(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
