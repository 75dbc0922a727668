package dev.bluerig.ktls.secure;

import dev.bluerig.protocol.CertificateKind;
import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// An identity as the handshake signs with it.
final class Credentials {
    private Credentials() {}

    /// `accepted`: the signature algorithms that the peer takes; `requestContext`: of the peer's request in TLS 1.3, empty from a server.
    static TlsCredentialedSigner of(Identity own, BcTlsCrypto crypto, TlsContext context, Vector<?> accepted, byte[] requestContext)
        throws IOException {
        TlsCertificate certificate = crypto.createCertificate(own.certificate());
        Certificate chain = TlsUtils.isTLSv13(context)
            ? new Certificate(requestContext, new CertificateEntry[] {new CertificateEntry(certificate, null)})
            : new Certificate(new TlsCertificate[] {certificate});
        AsymmetricKeyParameter key = PrivateKeyFactory.createKey(own.key().getEncoded());
        return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto, key, chain,
            algorithm(own.kind(), context, accepted));
    }

    private static SignatureAndHashAlgorithm algorithm(CertificateKind kind, TlsContext context, Vector<?> accepted) throws TlsFatalAlert {
        int[] schemes = switch (kind) {
            case ECDSA -> new int[] {SignatureScheme.ecdsa_secp256r1_sha256};
            case RSA -> TlsUtils.isTLSv13(context) ? new int[] {SignatureScheme.rsa_pss_rsae_sha256}
                : new int[] {SignatureScheme.rsa_pss_rsae_sha256, SignatureScheme.rsa_pkcs1_sha256};
        };
        for (int scheme : schemes) {
            SignatureAndHashAlgorithm algorithm = SignatureScheme.getSignatureAndHashAlgorithm(scheme);
            if (accepted.contains(algorithm)) return algorithm;
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer takes no signature of our " + kind + " key");
    }
}
