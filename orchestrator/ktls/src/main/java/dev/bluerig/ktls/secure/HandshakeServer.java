package dev.bluerig.ktls.secure;

import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// The server's half of a handshake: takes exactly what is wanted, and asks for the client's certificate when it has a pin for it.
final class HandshakeServer extends DefaultTlsServer {
    private final BcTlsCrypto crypto;
    private final TlsRequest wanted;
    private final PinCheck pin;
    private final HandshakeOutcome outcome;

    HandshakeServer(BcTlsCrypto crypto, TlsRequest wanted, PinCheck pin, HandshakeOutcome outcome) {
        super(crypto);
        this.crypto = crypto;
        this.wanted = wanted;
        this.pin = pin;
        this.outcome = outcome;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return CipherSuites.versions(wanted.version());
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return CipherSuites.accepted(wanted.version(), wanted.cipher(), wanted.own().kind());
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        return TlsUtils.isTLSv13(context) ? signer() : super.getCredentials();
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return signer();
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
        return signer();
    }

    private TlsCredentialedSigner signer() throws IOException {
        return Credentials.of(wanted.own(), crypto, context, context.getSecurityParametersHandshake().getClientSigAlgs(),
            TlsUtils.EMPTY_BYTES);
    }

    @Override
    public CertificateRequest getCertificateRequest() throws IOException {
        if (!pin.wanted()) return super.getCertificateRequest();
        Vector<?> algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
        if (TlsUtils.isTLSv13(context)) return new CertificateRequest(TlsUtils.EMPTY_BYTES, algorithms, null, null);
        return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign}, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        pin.check(shown, TlsUtils.isTLSv13(context) ? AlertDescription.certificate_required : AlertDescription.handshake_failure);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        outcome.alert(description);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        outcome.complete(NegotiatedKeys.of(context));
    }
}
