package dev.bluerig.ktls;

import dev.bluerig.protocol.Cipher;

/// How many bytes a cipher's keys have (RFC 5116, RFC 8439).
public final class KeySizes {
    /// Of the authentication tag of every one of them.
    public static final int TAG = 16;

    private KeySizes() {}

    public static int key(Cipher cipher) {
        return switch (cipher) {
            case AES_128_GCM -> 16;
            case AES_256_GCM, CHACHA20_POLY1305 -> 32;
        };
    }

    /// Of the part of the nonce that the handshake gives, in TLS 1.2 (RFC 5288, RFC 7905); TLS 1.3 always has 12.
    public static int fixedIv(Cipher cipher) {
        return switch (cipher) {
            case AES_128_GCM, AES_256_GCM -> 4;
            case CHACHA20_POLY1305 -> 12;
        };
    }
}
