package dev.bluerig.trial;

/// Where one half of one connection is handled, as sock_diag says (linux/tls.h TLS_CONF_*), or the pair itself when it is in the program.
public enum Place {
    CARD("hw"), CARD_RECORD("hw-record"), KERNEL("sw"), NONE("none"), PROGRAM("user-space");

    private final String text;

    Place(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
