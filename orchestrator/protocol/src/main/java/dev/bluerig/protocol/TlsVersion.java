package dev.bluerig.protocol;

/// A version of TLS, written as in YAML. Mainline mlx5 offloads 1.2 alone.
public enum TlsVersion {
    TLS_1_2("1.2"), TLS_1_3("1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /// So that it is written so wherever constants are written.
    @Override
    public String toString() {
        return text;
    }
}
