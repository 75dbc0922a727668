package dev.bluerig.remote.ssh;

import com.jcraft.jsch.Identity;
import dev.bluerig.remote.hostkey.PublicKeyText;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A key with a certificate of its user (ssh-keygen(1), CERTIFICATES): the certificate is shown, the key signs.
record CertifiedKey(Identity key, PublicKeyText certificate, String name) implements Identity {
    private static final String SUFFIX = "-cert-v01@openssh.com";

    static boolean isCertificate(PublicKeyText text) {
        return text.type().endsWith(SUFFIX);
    }

    /// A certificate holds its type, a nonce, and then the fields of the key (PROTOCOL.certkeys).
    static boolean belongs(PublicKeyText certificate, byte[] keyBlob) {
        int fields = afterString(keyBlob, 0);
        byte[] blob = certificate.blob();
        int at = afterString(blob, afterString(blob, 0));
        int length = keyBlob.length - fields;
        return fields > 0 && at > 0 && length > 0 && at + length <= blob.length
            && Arrays.equals(blob, at, at + length, keyBlob, fields, keyBlob.length);
    }

    private static int afterString(byte[] blob, int from) {
        if (from < 0 || from + 4 > blob.length) return -1;
        long length = ByteBuffer.wrap(blob).getInt(from) & 0xffffffffL;
        return from + 4 + length > blob.length ? -1 : (int) (from + 4 + length);
    }

    @Override
    public boolean setPassphrase(byte[] passphrase) {
        return !key.isEncrypted();
    }

    @Override
    public byte[] getPublicKeyBlob() {
        return certificate.blob();
    }

    @Override
    public byte[] getSignature(byte[] data) {
        return key.getSignature(data);
    }

    @Override
    public byte[] getSignature(byte[] data, String algorithm) {
        return key.getSignature(data, algorithm.endsWith(SUFFIX) ? algorithm.substring(0, algorithm.length() - SUFFIX.length())
            : algorithm);
    }

    @Override
    public String getAlgName() {
        return certificate.type();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isEncrypted() {
        return key.isEncrypted();
    }

    @Override
    public void clear() {}      // other connections use it too
}
