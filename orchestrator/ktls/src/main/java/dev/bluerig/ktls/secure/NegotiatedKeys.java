package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.KeySizes;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsSecret;

/// What a handshake agreed on: the keys of both directions, seen from this end.
record NegotiatedKeys(RecordKeys transmit, RecordKeys receive) {
    private static final int NONCE = 12;

    /// To be called when the handshake completes: later the secrets are gone.
    static NegotiatedKeys of(TlsContext context) throws IOException {
        SecurityParameters parameters = context.getSecurityParametersConnection();
        TlsVersion version = CipherSuites.version(parameters.getNegotiatedVersion());
        Cipher cipher = CipherSuites.cipher(parameters.getCipherSuite());
        RecordKeys[] both = version == TlsVersion.TLS_1_3
            ? new RecordKeys[] {expanded(context, parameters.getTrafficSecretClient(), cipher),
            expanded(context, parameters.getTrafficSecretServer(), cipher)}
            : keyBlock(context, parameters, cipher);
        return context.isServer() ? new NegotiatedKeys(both[1], both[0]) : new NegotiatedKeys(both[0], both[1]);
    }

    /// RFC 8446 7.3. No record was protected by these keys yet.
    private static RecordKeys expanded(TlsContext context, TlsSecret traffic, Cipher cipher) throws IOException {
        int hash = context.getSecurityParametersConnection().getPRFCryptoHashAlgorithm();
        TlsSecret secret = copy(context, traffic);
        byte[] key = TlsCryptoUtils.hkdfExpandLabel(secret, hash, "key", TlsUtils.EMPTY_BYTES, KeySizes.key(cipher)).extract();
        byte[] iv = TlsCryptoUtils.hkdfExpandLabel(secret, hash, "iv", TlsUtils.EMPTY_BYTES, NONCE).extract();
        return new RecordKeys(TlsVersion.TLS_1_3, cipher, key, iv, 0);
    }

    /// RFC 5246 6.3: client key, server key, client IV, server IV; an AEAD has no MAC keys. Both Finished were record 0.
    private static RecordKeys[] keyBlock(TlsContext context, SecurityParameters parameters, Cipher cipher) {
        byte[] seed = org.bouncycastle.util.Arrays.concatenate(parameters.getServerRandom(), parameters.getClientRandom());
        int key = KeySizes.key(cipher);
        int iv = KeySizes.fixedIv(cipher);
        byte[] block = TlsUtils.PRF(parameters, copy(context, parameters.getMasterSecret()), "key expansion", seed, 2 * (key + iv))
            .extract();
        RecordKeys client = new RecordKeys(TlsVersion.TLS_1_2, cipher, Arrays.copyOfRange(block, 0, key),
            Arrays.copyOfRange(block, 2 * key, 2 * key + iv), 1);
        RecordKeys server = new RecordKeys(TlsVersion.TLS_1_2, cipher, Arrays.copyOfRange(block, key, 2 * key),
            Arrays.copyOfRange(block, 2 * key + iv, 2 * (key + iv)), 1);
        return new RecordKeys[] {client, server};
    }

    /// Some operations on a secret destroy it, and the handshake still needs its own.
    private static TlsSecret copy(TlsContext context, TlsSecret secret) {
        return context.getCrypto().adoptSecret(secret);
    }
}
