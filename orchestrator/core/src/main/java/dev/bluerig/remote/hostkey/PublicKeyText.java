package dev.bluerig.remote.hostkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A public key as known_hosts and authorized_keys write it: type and base64 (RFC 4253, 6.6).
public record PublicKeyText(String type, String base64) {
    public static PublicKeyText of(String type, String base64) {
        PublicKeyText key = of(Base64.getDecoder().decode(base64));
        if (!key.type.equals(type)) throw new IllegalArgumentException("says " + type + " but holds a key of type " + key.type);
        return key;
    }

    public static PublicKeyText of(byte[] blob) {
        ByteBuffer bytes = ByteBuffer.wrap(blob);
        int length = blob.length < 4 ? -1 : bytes.getInt();
        if (length < 1 || length > Math.min(64, bytes.remaining())) throw new IllegalArgumentException("not a public key");
        var type = new byte[length];
        bytes.get(type);
        return new PublicKeyText(new String(type, US_ASCII), Base64.getEncoder().encodeToString(blob));
    }

    public byte[] blob() {
        return Base64.getDecoder().decode(base64);
    }

    /// As `ssh-keygen -l` prints it: `SHA256:...`.
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return type + " " + base64;
    }
}
