package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.KeySizes;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// What TLS_TX and TLS_RX take (linux/tls.h): `struct tls_crypto_info` {u16 version, cipher_type}, then
///
/// - `tls12_crypto_info_aes_gcm_128`, `_256`: iv[8], key[16 or 32], salt[4], rec_seq[8];
/// - `tls12_crypto_info_chacha20_poly1305`: iv[12], key[32], salt[0], rec_seq[8].
///
/// The names say 12 and serve TLS 1.3 too.
final class CryptoInfo {
    /// `struct tls_crypto_info` alone.
    static final int HEADER = 4;

    private static final int SEQUENCE = 8;

    private CryptoInfo() {}

    static int bytes(Cipher cipher) {
        return HEADER + 12 + KeySizes.key(cipher) + SEQUENCE; // iv and salt are 12 together, whatever the cipher
    }

    /// Leaves no copy of the key behind but that in the buffer, which its owner wipes.
    static void write(RecordKeys keys, ByteBuffer into) {
        byte[] key = keys.key();
        byte[] iv = keys.iv();
        try {
            into.order(ByteOrder.nativeOrder()).putShort((short) KernelNumbers.of(keys.version()))
                .putShort((short) KernelNumbers.of(keys.cipher()))
                .order(ByteOrder.BIG_ENDIAN);
            if (keys.cipher() == Cipher.CHACHA20_POLY1305) into.put(iv).put(key);
            // the explicit nonce starts as the sequence: unique, as RFC 5288 wants it
            else if (keys.version() == TlsVersion.TLS_1_2) into.putLong(keys.sequence()).put(key).put(iv);
            else into.put(iv, 4, 8).put(key).put(iv, 0, 4);
            into.putLong(keys.sequence());
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(iv, (byte) 0);
        }
    }

    /// The record sequence number of one that the kernel wrote.
    static long sequence(ByteBuffer written) {
        return written.order(ByteOrder.BIG_ENDIAN).getLong(written.limit() - SEQUENCE);
    }
}
