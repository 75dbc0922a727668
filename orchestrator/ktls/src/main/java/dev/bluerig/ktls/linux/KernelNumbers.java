package dev.bluerig.ktls.linux;

import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.util.Optional;
import java.util.stream.Stream;

/// Versions and ciphers in `struct tls_crypto_info` (linux/tls.h).
final class KernelNumbers {
    private KernelNumbers() {}

    /// As on the wire.
    static int of(TlsVersion version) {
        return switch (version) {
            case TLS_1_2 -> 0x0303;
            case TLS_1_3 -> 0x0304;
        };
    }

    /// TLS_CIPHER_AES_GCM_128, TLS_CIPHER_AES_GCM_256, TLS_CIPHER_CHACHA20_POLY1305.
    static int of(Cipher cipher) {
        return switch (cipher) {
            case AES_128_GCM -> 51;
            case AES_256_GCM -> 52;
            case CHACHA20_POLY1305 -> 54;
        };
    }

    static Optional<TlsVersion> version(int number) {
        return Stream.of(TlsVersion.values()).filter(version -> of(version) == number).findFirst();
    }

    static Optional<Cipher> cipher(int number) {
        return Stream.of(Cipher.values()).filter(cipher -> of(cipher) == number).findFirst();
    }
}
