package dev.bluerig.protocol;

/// What protects the records.
public enum Cipher {
    AES_128_GCM("aes-128-gcm"), AES_256_GCM("aes-256-gcm"), CHACHA20_POLY1305("chacha20-poly1305");

    private final String text;

    Cipher(String text) {
        this.text = text;
    }

    /// As in YAML, and as `ss` and sock_diag name it.
    public String text() {
        return text;
    }
}
