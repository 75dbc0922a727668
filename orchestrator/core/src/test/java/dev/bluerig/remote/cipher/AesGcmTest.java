package dev.bluerig.remote.cipher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.junit.jupiter.api.Test;

/// Our cipher against that of the JDK, which shares nothing with it, packet by packet as RFC 5647 counts them.
class AesGcmTest {
    private static final int TAG = 16;
    private final Random random = new Random(5647);

    @Test
    void packets_are_those_of_the_jdk_and_a_changed_one_is_refused() throws GeneralSecurityException, InvalidCipherTextException {
        for (int size : new int[] {16, 32}) {
            byte[] key = bytes(size);
            byte[] nonce = bytes(12);
            var ours = of(size);
            var back = of(size);
            ours.init(com.jcraft.jsch.Cipher.ENCRYPT_MODE, key, nonce);
            back.init(com.jcraft.jsch.Cipher.DECRYPT_MODE, key, nonce);
            long counter = ByteBuffer.wrap(nonce).getLong(4);
            for (int length : new int[] {0, 1, 16, 17, 255, 4096}) {
                byte[] head = bytes(4);
                byte[] text = bytes(length);
                var sent = new byte[length + TAG];
                ours.updateAAD(head, 0, head.length);
                ours.doFinal(text, 0, length, sent, 0);
                assertArrayEquals(jdk(key, ByteBuffer.wrap(nonce.clone()).putLong(4, counter++).array(), head, text), sent);
                var read = new byte[length + TAG];
                back.updateAAD(head, 0, head.length);
                back.doFinal(sent, 0, sent.length, read, 0);
                assertArrayEquals(text, Arrays.copyOf(read, length));
            }
            var changed = new byte[64];
            assertThrows(InvalidCipherTextException.class, () -> back.doFinal(changed, 0, changed.length, new byte[64], 0));
        }
    }

    private static AesGcm of(int size) {
        return size == 16 ? new AesGcm.Aes128() : new AesGcm.Aes256();
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] jdk(byte[] key, byte[] nonce, byte[] head, byte[] text) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(head);
        return cipher.doFinal(text);
    }
}
