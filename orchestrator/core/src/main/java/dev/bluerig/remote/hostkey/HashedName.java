package dev.bluerig.remote.hostkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A name in known_hosts that only somebody who knows it can recognise: `|1|salt|HMAC-SHA1(salt, name)` (OpenSSH hostfile.c).
record HashedName(byte[] salt, byte[] hash) {
    static HashedName parse(String text) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != 4) throw new IllegalArgumentException("not a hashed host name: " + text);
        return new HashedName(Base64.getDecoder().decode(parts[2]), Base64.getDecoder().decode(parts[3]));
    }

    boolean matches(String name) {
        return MessageDigest.isEqual(hash, hash(salt, name));
    }

    private static byte[] hash(byte[] salt, String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            return mac.doFinal(name.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA1", impossible);
        }
    }
}
