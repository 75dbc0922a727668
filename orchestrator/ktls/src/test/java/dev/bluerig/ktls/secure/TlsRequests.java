package dev.bluerig.ktls.secure;

import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsVersion;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// What two ends of a test agree on before, and what they send.
record TlsRequests(TlsVersion version, Cipher cipher, Identity server, Identity client) {
    static Stream<Arguments> every() {
        return Arrays.stream(TlsVersion.values()).flatMap(version -> Arrays.stream(Cipher.values())
            .flatMap(cipher -> Arrays.stream(CertificateKind.values()).map(kind -> Arguments.of(version, cipher, kind))));
    }

    static Identity identity(CertificateKind kind) {
        return switch (kind) {
            case ECDSA -> Identity.ecdsa();
            case RSA -> Identity.rsa();
        };
    }

    static TlsRequests of(TlsVersion version, Cipher cipher, CertificateKind kind) {
        return new TlsRequests(version, cipher, identity(kind), Identity.ecdsa());
    }

    static TlsRequests usual(TlsVersion version) {
        return of(version, Cipher.AES_128_GCM, CertificateKind.ECDSA);
    }

    TlsRequest forServer(boolean kernelTransmit, boolean kernelReceive) {
        return new TlsRequest(Role.SERVER, version, cipher, server, Optional.of(client.fingerprint()), kernelTransmit, kernelReceive);
    }

    TlsRequest forClient(boolean kernelTransmit, boolean kernelReceive) {
        return new TlsRequest(Role.CLIENT, version, cipher, client, Optional.of(server.fingerprint()), kernelTransmit, kernelReceive);
    }

    static byte[] payload(int bytes, long seed) {
        byte[] payload = new byte[bytes];
        new Random(seed).nextBytes(payload);
        return payload;
    }

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /// Sends it in writes of this size.
    static void send(TlsChannel channel, byte[] payload, int write) throws PairFailed {
        ByteBuffer bytes = direct(payload);
        for (int from = 0; from < payload.length; from += write)
            channel.send(bytes.clear().position(from).limit(Math.min(payload.length, from + write)));
    }

    /// All that comes until close_notify or that many bytes, read through a buffer of this size.
    static byte[] receive(TlsChannel channel, int most, int buffer) throws PairFailed {
        ByteBuffer into = ByteBuffer.allocateDirect(buffer);
        byte[] all = new byte[most];
        int have = 0;
        while (have < most) {
            int count = channel.receive(into.clear().limit(Math.min(buffer, most - have)));
            if (count < 0) return Arrays.copyOf(all, have);
            into.flip().get(all, have, count);
            have += count;
        }
        return all;
    }
}
