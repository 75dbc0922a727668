package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.KeySizes;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What the records of one direction look like, and the parts of their protection that depend on a record's number (RFC 5288, RFC 7905, RFC
/// 8446 5.2 and 5.3).
final class RecordLayout {
    static final int HEADER = 5;
    static final int NONCE = 12;
    /// The part of a nonce that TLS 1.2 sends along with AES-GCM.
    private static final int EXPLICIT = 8;
    private static final int AAD_1_2 = 13;
    /// That of TLS 1.2, in the records of 1.3, too (RFC 8446 5.1).
    static final int LEGACY_VERSION = 0x0303;

    private final boolean tls13;
    private final boolean gcm;
    private final byte[] iv;
    private final SecretKeySpec key;
    private final javax.crypto.Cipher cipher;
    private final byte[] nonce = new byte[NONCE];
    private final byte[] aad;
    private long sequence;

    RecordLayout(RecordKeys keys) {
        tls13 = keys.version() == TlsVersion.TLS_1_3;
        gcm = keys.cipher() != Cipher.CHACHA20_POLY1305;
        iv = keys.iv();
        key = new SecretKeySpec(keys.key(), gcm ? "AES" : "ChaCha20");
        aad = new byte[tls13 ? HEADER : AAD_1_2];
        sequence = keys.sequence();
        try {
            cipher = javax.crypto.Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without " + keys.cipher(), impossible);
        }
    }

    boolean tls13() {
        return tls13;
    }

    /// Bytes of the nonce that stand in the record, after the header.
    int explicit() {
        return !tls13 && gcm ? EXPLICIT : 0;
    }

    /// Bytes that a record is longer than its content, padding aside.
    int overhead() {
        return HEADER + explicit() + (tls13 ? 1 : 0) + KeySizes.TAG;
    }

    long sequence() {
        return sequence;
    }

    /// Numbers must never come twice (RFC 8446 5.3), so the last one is not used.
    boolean usedUp() {
        return sequence == -1;
    }

    void next() {
        sequence++;
    }

    /// The explicit nonce of a record that we seal: its number, as the kernel does it.
    void explicitNonce(byte[] into, int at) {
        number(into, at);
    }

    /// The cipher, ready for the record with the present number. `explicit` holds the explicit nonce of AES-GCM in TLS 1.2 at `at`;
    /// `length` is that of the content in TLS 1.2, of what follows the header in TLS 1.3.
    javax.crypto.Cipher ready(int mode, int type, int length, byte[] explicit, int at) throws GeneralSecurityException {
        if (explicit() > 0) {
            System.arraycopy(iv, 0, nonce, 0, iv.length);
            System.arraycopy(explicit, at, nonce, iv.length, EXPLICIT);
        } else {
            number(nonce, NONCE - Long.BYTES);
            for (int i = 0; i < NONCE - Long.BYTES; i++) nonce[i] = 0;
            for (int i = 0; i < NONCE; i++) nonce[i] ^= iv[i];
        }
        AlgorithmParameterSpec parameters = gcm ? new GCMParameterSpec(KeySizes.TAG * Byte.SIZE, nonce) : new IvParameterSpec(nonce);
        cipher.init(mode, key, parameters);
        if (!tls13) number(aad, 0);
        header(aad, aad.length - HEADER, type, length);
        cipher.updateAAD(aad);
        return cipher;
    }

    static void header(byte[] into, int at, int type, int length) {
        into[at] = (byte) type;
        into[at + 1] = (byte) (LEGACY_VERSION >> 8);
        into[at + 2] = (byte) LEGACY_VERSION;
        into[at + 3] = (byte) (length >> 8);
        into[at + 4] = (byte) length;
    }

    private void number(byte[] into, int at) {
        for (int i = 0; i < Long.BYTES; i++) into[at + i] = (byte) (sequence >>> (56 - 8 * i));
    }
}
