package dev.bluerig.ktls.secure;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// The client's half of a handshake: offers exactly what is wanted, and believes the pin alone.
final class HandshakeClient extends DefaultTlsClient implements TlsAuthentication {
    private final BcTlsCrypto crypto;
    private final TlsRequest wanted;
    private final PinCheck pin;
    private final HandshakeOutcome outcome;

    HandshakeClient(BcTlsCrypto crypto, TlsRequest wanted, PinCheck pin, HandshakeOutcome outcome) {
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
        return CipherSuites.offered(wanted.version(), wanted.cipher());
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return this;
    }

    @Override
    public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
        pin.check(shown.getCertificate(), AlertDescription.bad_certificate);
    }

    @Override
    public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        byte[] requestContext = TlsUtils.isTLSv13(context) ? request.getCertificateRequestContext() : TlsUtils.EMPTY_BYTES;
        return Credentials.of(wanted.own(), crypto, context, request.getSupportedSignatureAlgorithms(), requestContext);
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
