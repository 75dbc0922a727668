package dev.bluerig.ktls.secure;

import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;

/// Versions and ciphers as the handshake numbers them.
final class CipherSuites {
    private CipherSuites() {}

    static ProtocolVersion[] versions(TlsVersion version) {
        return switch (version) {
            case TLS_1_2 -> ProtocolVersion.TLSv12.only();
            case TLS_1_3 -> ProtocolVersion.TLSv13.only();
        };
    }

    /// TLS 1.2 has one suite for each kind of certificate; a client does not know the server's, so offers both.
    static int[] offered(TlsVersion version, Cipher cipher) {
        return switch (version) {
            case TLS_1_2 -> new int[] {forEcdsa(cipher), forRsa(cipher)};
            case TLS_1_3 -> new int[] {tls13(cipher)};
        };
    }

    static int[] accepted(TlsVersion version, Cipher cipher, CertificateKind kind) {
        return switch (version) {
            case TLS_1_2 -> new int[] {kind == CertificateKind.ECDSA ? forEcdsa(cipher) : forRsa(cipher)};
            case TLS_1_3 -> new int[] {tls13(cipher)};
        };
    }

    static TlsVersion version(ProtocolVersion negotiated) throws IOException {
        for (TlsVersion version : TlsVersion.values()) if (versions(version)[0].equals(negotiated)) return version;
        throw new TlsFatalAlert(AlertDescription.protocol_version, "agreed on " + negotiated);
    }

    static Cipher cipher(int suite) throws IOException {
        for (Cipher cipher : Cipher.values())
            if (suite == forEcdsa(cipher) || suite == forRsa(cipher) || suite == tls13(cipher)) return cipher;
        throw new TlsFatalAlert(AlertDescription.handshake_failure, "agreed on cipher suite " + suite);
    }

    private static int forEcdsa(Cipher cipher) {
        return switch (cipher) {
            case AES_128_GCM -> CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
            case AES_256_GCM -> CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384;
            case CHACHA20_POLY1305 -> CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256;
        };
    }

    private static int forRsa(Cipher cipher) {
        return switch (cipher) {
            case AES_128_GCM -> CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
            case AES_256_GCM -> CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
            case CHACHA20_POLY1305 -> CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256;
        };
    }

    private static int tls13(Cipher cipher) {
        return switch (cipher) {
            case AES_128_GCM -> CipherSuite.TLS_AES_128_GCM_SHA256;
            case AES_256_GCM -> CipherSuite.TLS_AES_256_GCM_SHA384;
            case CHACHA20_POLY1305 -> CipherSuite.TLS_CHACHA20_POLY1305_SHA256;
        };
    }
}
