package dev.bluerig.ktls;

import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.util.Arrays;

/// What protects the records of one direction from now on.
///
/// - `iv`: the fixed part of the nonce: 4 bytes for AES-GCM in TLS 1.2, else 12.
/// - `sequence`: number of the next record: 1 after a TLS 1.2 handshake (Finished was 0), 0 after one of TLS 1.3.
///
/// Never printed.
public record RecordKeys(TlsVersion version, Cipher cipher, byte[] key, byte[] iv, long sequence) {
    public RecordKeys {
        int wanted = version == TlsVersion.TLS_1_3 ? 12 : KeySizes.fixedIv(cipher);
        if (key.length != KeySizes.key(cipher) || iv.length != wanted)
            throw new IllegalArgumentException("a key of " + key.length + " and an iv of " + iv.length + " bytes for " + cipher + " in "
                + version);
        key = key.clone();
        iv = iv.clone();
    }

    @Override
    public byte[] key() {
        return key.clone();
    }

    @Override
    public byte[] iv() {
        return iv.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordKeys keys && version == keys.version && cipher == keys.cipher && sequence == keys.sequence
            && Arrays.equals(key, keys.key) && Arrays.equals(iv, keys.iv);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(iv) * 31 + Long.hashCode(sequence);
    }

    @Override
    public String toString() {
        return version + " " + cipher + " from record " + sequence;
    }
}
