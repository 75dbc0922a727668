package dev.bluerig.ktls.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bluerig.ktls.KeySizes;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sizes and offsets were printed by a C program over linux/tls.h (linux-libc-dev 6.1.187, x86-64): aes_gcm_128 40 bytes: iv@4 key@12
/// salt@28 rec_seq@32; aes_gcm_256 56: iv@4 key@12 salt@44 rec_seq@48; chacha20_poly1305 56: iv@4 key@16 rec_seq@48.
class CryptoInfoTest {
    private static final String KEY_16 = "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf";
    private static final String KEY_32 = KEY_16 + "b0b1b2b3b4b5b6b7b8b9babbbcbdbebf";

    @ParameterizedTest
    @CsvSource(textBlock = """
        TLS_1_2, AES_128_GCM,       c0c1c2c3,                 0303 3300 0000000000000001 K16 c0c1c2c3 0000000000000001
        TLS_1_2, AES_256_GCM,       c0c1c2c3,                 0303 3400 0000000000000001 K32 c0c1c2c3 0000000000000001
        TLS_1_2, CHACHA20_POLY1305, c0c1c2c3c4c5c6c7c8c9cacb, 0303 3600 c0c1c2c3c4c5c6c7c8c9cacb K32 0000000000000001
        TLS_1_3, AES_128_GCM,       c0c1c2c3c4c5c6c7c8c9cacb, 0403 3300 c4c5c6c7c8c9cacb K16 c0c1c2c3 0000000000000001
        TLS_1_3, AES_256_GCM,       c0c1c2c3c4c5c6c7c8c9cacb, 0403 3400 c4c5c6c7c8c9cacb K32 c0c1c2c3 0000000000000001
        TLS_1_3, CHACHA20_POLY1305, c0c1c2c3c4c5c6c7c8c9cacb, 0403 3600 c0c1c2c3c4c5c6c7c8c9cacb K32 0000000000000001
        """)
    void laid_out_as_the_header_says(TlsVersion version, Cipher cipher, String iv, String wanted) {
        var keys = new RecordKeys(version, cipher, Memory.bytes(KeySizes.key(cipher) == 16 ? KEY_16 : KEY_32).array(),
            Memory.bytes(iv).array(), 1);
        ByteBuffer info = ByteBuffer.allocateDirect(CryptoInfo.bytes(cipher));
        CryptoInfo.write(keys, info);
        assertFalse(info.hasRemaining());
        assertEquals(cipher == Cipher.AES_128_GCM ? 40 : 56, info.limit());
        assertEquals(wanted.replace("K16", KEY_16).replace("K32", KEY_32).replace(" ", ""), Memory.hex(info.flip()));
        assertEquals(1, CryptoInfo.sequence(info));
    }

    @ParameterizedTest
    @CsvSource({"0", "255", "72623859790382856"}) // the last: 0102030405060708
    void the_sequence_is_big_endian(long sequence) {
        ByteBuffer info = ByteBuffer.allocateDirect(40);
        CryptoInfo.write(new RecordKeys(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, new byte[16], new byte[4], sequence), info);
        assertEquals(sequence, CryptoInfo.sequence(info.flip()));
        assertEquals("%016x".formatted(sequence), Memory.hex(info.slice(32, 8)));
        assertEquals("%016x".formatted(sequence), Memory.hex(info.slice(4, 8)));
    }
}
