package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.KeySizes;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keys from a key log, by HMAC alone (RFC 5246 section 5 and 6.3, RFC 8446 section 7).
final class KeyDerivation {
    private final TlsVersion version;
    private final Cipher cipher;
    private final byte[] serverRandom;
    private final Map<String, byte[]> secrets = new HashMap<>();
    private byte[] clientRandom = new byte[0];

    KeyDerivation(TlsVersion version, Cipher cipher, byte[] serverRandom) {
        this.version = version;
        this.cipher = cipher;
        this.serverRandom = serverRandom;
    }

    /// One line of the log.
    void take(String label, byte[] random, byte[] secret) {
        clientRandom = random;
        secrets.put(label, secret);
    }

    RecordKeys client() throws GeneralSecurityException {
        return version == TlsVersion.TLS_1_3 ? expanded("CLIENT_TRAFFIC_SECRET_0") : part(0);
    }

    RecordKeys server() throws GeneralSecurityException {
        return version == TlsVersion.TLS_1_3 ? expanded("SERVER_TRAFFIC_SECRET_0") : part(1);
    }

    private byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        String algorithm = cipher == Cipher.AES_256_GCM ? "HmacSHA384" : "HmacSHA256";
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        for (byte[] part : parts) mac.update(part);
        return mac.doFinal();
    }

    private RecordKeys part(int index) throws GeneralSecurityException {
        byte[] secret = secrets.get("CLIENT_RANDOM");
        byte[] label = "key expansion".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        byte[] a = hmac(secret, label, serverRandom, clientRandom);
        while (block.size() < 200) {
            block.writeBytes(hmac(secret, a, label, serverRandom, clientRandom));
            a = hmac(secret, a);
        }
        int key = KeySizes.key(cipher);
        int iv = KeySizes.fixedIv(cipher);
        byte[] all = block.toByteArray();
        int ivStart = 2 * key + index * iv;
        return new RecordKeys(version, cipher, Arrays.copyOfRange(all, index * key, (index + 1) * key),
            Arrays.copyOfRange(all, ivStart, ivStart + iv), 1);
    }

    private RecordKeys expanded(String label) throws GeneralSecurityException {
        byte[] secret = secrets.get(label);
        return new RecordKeys(version, cipher, expand(secret, "tls13 key", KeySizes.key(cipher)), expand(secret, "tls13 iv", 12), 0);
    }

    /// One block is enough for every length here.
    private byte[] expand(byte[] secret, String label, int bytes) throws GeneralSecurityException {
        byte[] info = ByteBuffer.allocate(2 + 1 + label.length() + 1).putShort((short) bytes).put((byte) label.length())
            .put(label.getBytes(StandardCharsets.US_ASCII)).put((byte) 0).array();
        return Arrays.copyOf(hmac(secret, info, new byte[] {1}), bytes);
    }
}
