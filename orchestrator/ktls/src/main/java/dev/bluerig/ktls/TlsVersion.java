package dev.bluerig.ktls;

/// A version of TLS that kernels know (linux/tls.h).
public enum TlsVersion {
    TLS_1_2("1.2", 0x0303), TLS_1_3("1.3", 0x0304);

    private final String text;
    private final int number;

    TlsVersion(String text, int number) {
        this.text = text;
        this.number = number;
    }

    public String text() {
        return text;
    }

    /// As on the wire and in `struct tls_crypto_info`.
    public int number() {
        return number;
    }
}
