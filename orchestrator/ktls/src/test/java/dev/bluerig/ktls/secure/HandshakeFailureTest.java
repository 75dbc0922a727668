package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Cipher;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.TlsVersion;
import dev.bluerig.ktls.secure.Ends.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Handshakes that do not come to an end: what both ends say of it.
class HandshakeFailureTest {
    private static void says(PairFailed failed, FailureCode code, String... words) {
        assertEquals(code, failed.code(), failed.getMessage());
        for (String word : words) assertTrue(failed.getMessage().contains(word), failed.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "220 mail ready\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n"})
    void aServerThatDoesNotSpeakTls(String greeting) throws Exception {
        try (Ends ends = Ends.connected()) {
            ends.server().send(Terms.direct(greeting.getBytes(StandardCharsets.US_ASCII)));
            PairFailed failed = assertThrows(PairFailed.class, () -> Channel.open(ends.client(), Terms.usual(TlsVersion.TLS_1_2).forClient(false, false)));
            says(failed, FailureCode.PEER_NOT_TLS, "`" + greeting.substring(0, 5) + "`");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aClientThatDoesNotSpeakTls(TlsVersion version) throws Exception {
        try (Ends ends = Ends.connected()) {
            ends.client().send(Terms.direct("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            says(assertThrows(PairFailed.class, () -> Channel.open(ends.server(), Terms.usual(version).forServer(false, false))), FailureCode.PEER_NOT_TLS, "`GET /`");
            assertThrows(SystemFailure.class, () -> ends.server().send(Terms.direct(new byte[1])), "the connection is closed after a failure");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aServerWithAnotherCertificate(TlsVersion version) throws Exception {
        Terms terms = Terms.usual(version);
        Identity other = Identity.rsa();
        try (Ends ends = Ends.connected()) {
            Wanted impostor = new Wanted(Role.SERVER, version, terms.cipher(), other, Optional.of(terms.client().fingerprint()), false, false);
            Task<Channel> server = Ends.start(() -> Channel.open(ends.server(), impostor));
            PairFailed seen = assertThrows(PairFailed.class, () -> Channel.open(ends.client(), terms.forClient(false, false)));
            says(seen, FailureCode.PIN_MISMATCH, other.fingerprint(), terms.server().fingerprint());
            says(server.failure(), FailureCode.PEER_ALERT, "bad_certificate");
        }
    }

    @Test
    void aClientWithAnotherCertificateInTls12() throws Exception {
        Terms terms = Terms.usual(TlsVersion.TLS_1_2);
        try (Ends ends = Ends.connected()) {
            Wanted impostor = new Wanted(Role.CLIENT, terms.version(), terms.cipher(), Identity.ecdsa(), Optional.of(terms.server().fingerprint()), false, false);
            Task<Channel> server = Ends.start(() -> Channel.open(ends.server(), terms.forServer(false, false)));
            says(assertThrows(PairFailed.class, () -> Channel.open(ends.client(), impostor)), FailureCode.PEER_ALERT, "bad_certificate");
            says(server.failure(), FailureCode.PIN_MISMATCH, terms.client().fingerprint());
        }
    }

    /// In TLS 1.3 the client is done before the server has seen its certificate: it hears of it when it receives, or when its sending fails.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientWithAnotherCertificateInTls13(boolean sends) throws Exception {
        Terms terms = Terms.usual(TlsVersion.TLS_1_3);
        try (Ends ends = Ends.connected()) {
            Wanted impostor = new Wanted(Role.CLIENT, terms.version(), terms.cipher(), Identity.ecdsa(), Optional.of(terms.server().fingerprint()), false, false);
            Task<Channel> server = Ends.start(() -> Channel.open(ends.server(), terms.forServer(false, false)));
            Channel client = Channel.open(ends.client(), impostor);
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
            PairFailed heard = assertThrows(PairFailed.class, () -> {
                if (sends) while (true) client.send(buffer.clear());
                client.receive(buffer);
            });
            says(heard, FailureCode.PEER_ALERT, "bad_certificate");
            says(server.failure(), FailureCode.PIN_MISMATCH, terms.client().fingerprint());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void aServerThatStoleTheCertificateWithoutItsKey(TlsVersion version) throws Exception {
        Terms terms = Terms.usual(version);
        Identity thief = new Identity(Identity.Kind.ECDSA, Identity.ecdsa().key(), terms.server().certificate());
        try (Ends ends = Ends.connected()) {
            Wanted impostor = new Wanted(Role.SERVER, version, terms.cipher(), thief, Optional.of(terms.client().fingerprint()), false, false);
            Task<Channel> server = Ends.start(() -> Channel.open(ends.server(), impostor));
            says(assertThrows(PairFailed.class, () -> Channel.open(ends.client(), terms.forClient(false, false))), FailureCode.PIN_MISMATCH, "decrypt_error");
            says(server.failure(), FailureCode.PEER_ALERT, "decrypt_error");
        }
    }

    @Test
    void noVersionInCommon() throws Exception {
        Terms old = Terms.usual(TlsVersion.TLS_1_2);
        Terms fresh = new Terms(TlsVersion.TLS_1_3, old.cipher(), old.server(), old.client());
        try (Ends ends = Ends.connected()) {
            Task<Channel> server = Ends.start(() -> Channel.open(ends.server(), old.forServer(false, false)));
            says(assertThrows(PairFailed.class, () -> Channel.open(ends.client(), fresh.forClient(false, false))), FailureCode.PEER_ALERT, "protocol_version");
            says(server.failure(), FailureCode.OTHER, "wanted TLS 1.2", "protocol_version");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void noCipherInCommon(TlsVersion version) throws Exception {
        Terms strong = Terms.of(version, Cipher.AES_256_GCM, Identity.Kind.RSA);
        Terms weak = new Terms(version, Cipher.AES_128_GCM, strong.server(), strong.client());
        try (Ends ends = Ends.connected()) {
            Task<Channel> server = Ends.start(() -> Channel.open(ends.server(), strong.forServer(false, false)));
            says(assertThrows(PairFailed.class, () -> Channel.open(ends.client(), weak.forClient(false, false))), FailureCode.PEER_ALERT, "handshake_failure");
            says(server.failure(), FailureCode.OTHER, "aes-256-gcm", "handshake_failure");
        }
    }

    @Test
    void aPeerThatEndsAtOnce() throws Exception {
        try (Ends ends = Ends.connected()) {
            ends.server().close();
            says(assertThrows(PairFailed.class, () -> Channel.open(ends.client(), Terms.usual(TlsVersion.TLS_1_3).forClient(false, false))), FailureCode.PEER_STOPPED);
        }
    }

    @Test
    void aPeerThatEndsInTheMiddleOfARecordOfTheHandshake() throws Exception {
        try (Ends ends = Ends.connected()) {
            ends.client().send(Terms.direct(new byte[] {22, 3, 1, 2, 0, 1, 0}));
            ends.client().finish();
            PairFailed failed = assertThrows(PairFailed.class, () -> Channel.open(ends.server(), Terms.usual(TlsVersion.TLS_1_2).forServer(false, false)));
            says(failed, FailureCode.PEER_STOPPED, "after 7 bytes");
        }
    }

    @Test
    void aPeerThatResets() throws Exception {
        try (Ends ends = Ends.connected()) {
            Task<Channel> client = Ends.start(() -> Channel.open(ends.client(), Terms.usual(TlsVersion.TLS_1_2).forClient(false, false)));
            ends.server().receive(ByteBuffer.allocateDirect(5));
            ends.server().reset();
            PairFailed failed = client.failure();
            says(failed, FailureCode.PEER_STOPPED);
            assertEquals("ECONNRESET", failed.errno());
        }
    }

    @Test
    void aPeerThatSaysNothing() throws Exception {
        try (Ends ends = Ends.connected()) {
            Wanted wanted = Terms.usual(TlsVersion.TLS_1_2).forClient(false, false);
            says(assertThrows(PairFailed.class, () -> Channel.open(ends.client(), wanted, Duration.ofMillis(50))), FailureCode.PEER_STOPPED, "longer than");
        }
    }

    /// A record of the handshake that does not decrypt is not a wrong pin.
    @Test
    void bytesOfTheHandshakeThatWereChanged() throws Exception {
        Terms terms = Terms.usual(TlsVersion.TLS_1_3);
        try (Ends ends = Ends.connected()) {
            Flipping flipping = new Flipping(ends.client(), 300);
            Task<Channel> server = Ends.start(() -> Channel.open(ends.server(), terms.forServer(false, false)));
            says(assertThrows(PairFailed.class, () -> Channel.open(flipping, terms.forClient(false, false))), FailureCode.RECORD_CORRUPT);
            says(server.failure(), FailureCode.PEER_ALERT, "bad_record_mac");
        }
    }

    @Test
    void aKernelThatRefusesForAnotherReason() throws Exception {
        Terms terms = Terms.usual(TlsVersion.TLS_1_2);
        for (Map<String, String> refusal : java.util.List.of(Map.of("TCP_ULP", "EEXIST"), Map.of("TLS_TX", "EINVAL"), Map.of("TLS_RX", "EBUSY"))) {
            try (Ends ends = Ends.connected()) {
                Task<Channel> server = Ends.start(() -> Channel.open(ends.server(), terms.forServer(false, false)));
                PairFailed failed = assertThrows(PairFailed.class, () -> Channel.open(new FakeKernel(ends.client(), refusal), terms.forClient(true, true)));
                says(failed, FailureCode.TLS_REFUSED, refusal.keySet().iterator().next());
                assertEquals(refusal.values().iterator().next(), failed.errno());
                Channel open = server.result();
                says(assertThrows(PairFailed.class, () -> open.receive(ByteBuffer.allocateDirect(10))), FailureCode.PEER_STOPPED, "without close_notify");
            }
        }
    }

    @Test
    void aPinThatIsNone() {
        Identity own = Identity.ecdsa();
        for (String pin : new String[] {"", "ab", own.fingerprint().toUpperCase(java.util.Locale.ROOT)})
            assertThrows(IllegalArgumentException.class, () -> new Wanted(Role.CLIENT, TlsVersion.TLS_1_2, Cipher.AES_128_GCM, own, Optional.of(pin), true, true));
    }
}
