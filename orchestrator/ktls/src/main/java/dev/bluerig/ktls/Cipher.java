package dev.bluerig.ktls;

/// A cipher that kernels know (linux/tls.h: TLS_CIPHER_AES_GCM_128 51, _256 52, CHACHA20_POLY1305 54).
public enum Cipher {
    AES_128_GCM("aes-128-gcm", 51, 16, 4), AES_256_GCM("aes-256-gcm", 52, 32, 4), CHACHA20_POLY1305("chacha20-poly1305", 54, 32, 12);

    /// Bytes of the authentication tag of every one of them.
    public static final int TAG = 16;

    private final String text;
    private final int number;
    private final int keyBytes;
    private final int fixedIvBytes;

    Cipher(String text, int number, int keyBytes, int fixedIvBytes) {
        this.text = text;
        this.number = number;
        this.keyBytes = keyBytes;
        this.fixedIvBytes = fixedIvBytes;
    }

    public String text() {
        return text;
    }

    /// In `struct tls_crypto_info`.
    public int number() {
        return number;
    }

    public int keyBytes() {
        return keyBytes;
    }

    /// Bytes of the part of the nonce that the handshake gives, in TLS 1.2 (RFC 5288, RFC 7905); TLS 1.3 always has 12.
    public int fixedIvBytes() {
        return fixedIvBytes;
    }
}
