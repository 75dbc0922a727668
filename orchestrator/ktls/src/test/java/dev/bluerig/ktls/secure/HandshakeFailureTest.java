package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.TwoChannels.Task;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsVersion;
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
    private static void says(PairFailed failed, AgentCode code, String... words) {
        assertEquals(code, failed.code(), failed.getMessage());
        for (String word : words) assertTrue(failed.getMessage().contains(word), failed.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "220 mail ready\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n"})
    void a_server_that_does_not_speak_tls(String greeting) throws Exception {
        try (TwoChannels ends = TwoChannels.connected()) {
            ends.server().send(TlsRequests.direct(greeting.getBytes(StandardCharsets.US_ASCII)));
            PairFailed failed = assertThrows(PairFailed.class,
                () -> TlsChannel.open(ends.client(), TlsRequests.usual(TlsVersion.TLS_1_2).forClient(false, false)));
            says(failed, AgentCode.PEER_NOT_TLS, "`" + greeting.substring(0, 5) + "`");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void a_client_that_does_not_speak_tls(TlsVersion version) throws Exception {
        try (TwoChannels ends = TwoChannels.connected()) {
            ends.client().send(TlsRequests.direct("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            says(assertThrows(PairFailed.class, () -> TlsChannel.open(ends.server(), TlsRequests.usual(version).forServer(false, false))),
                AgentCode.PEER_NOT_TLS, "`GET /`");
            assertThrows(SystemFailure.class, () -> ends.server().send(TlsRequests.direct(new byte[1])),
                "the connection is closed after a failure");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void a_server_with_another_certificate(TlsVersion version) throws Exception {
        TlsRequests requests = TlsRequests.usual(version);
        Identity other = Identity.rsa();
        try (TwoChannels ends = TwoChannels.connected()) {
            TlsRequest impostor = new TlsRequest(Role.SERVER, version, requests.cipher(), other,
                Optional.of(requests.client().fingerprint()),
                false, false);
            Task<TlsChannel> server = TwoChannels.start(() -> TlsChannel.open(ends.server(), impostor));
            PairFailed seen = assertThrows(PairFailed.class, () -> TlsChannel.open(ends.client(), requests.forClient(false, false)));
            says(seen, AgentCode.PIN_MISMATCH, other.fingerprint(), requests.server().fingerprint());
            says(server.failure(), AgentCode.PEER_ALERT, "bad_certificate");
        }
    }

    @Test
    void a_client_with_another_certificate_in_tls12() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_2);
        try (TwoChannels ends = TwoChannels.connected()) {
            TlsRequest impostor = new TlsRequest(Role.CLIENT, requests.version(), requests.cipher(), Identity.ecdsa(),
                Optional.of(requests.server().fingerprint()), false, false);
            Task<TlsChannel> server = TwoChannels.start(() -> TlsChannel.open(ends.server(), requests.forServer(false, false)));
            says(assertThrows(PairFailed.class, () -> TlsChannel.open(ends.client(), impostor)), AgentCode.PEER_ALERT, "bad_certificate");
            says(server.failure(), AgentCode.PIN_MISMATCH, requests.client().fingerprint());
        }
    }

    /// In TLS 1.3 the client is done before the server has seen its certificate: it hears of it when it receives, or when its sending
    /// fails.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_with_another_certificate_in_tls13(boolean sends) throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_3);
        try (TwoChannels ends = TwoChannels.connected()) {
            TlsRequest impostor = new TlsRequest(Role.CLIENT, requests.version(), requests.cipher(), Identity.ecdsa(),
                Optional.of(requests.server().fingerprint()), false, false);
            Task<TlsChannel> server = TwoChannels.start(() -> TlsChannel.open(ends.server(), requests.forServer(false, false)));
            TlsChannel client = TlsChannel.open(ends.client(), impostor);
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
            PairFailed heard = assertThrows(PairFailed.class, () -> {
                if (sends) while (true) client.send(buffer.clear());
                client.receive(buffer);
            });
            says(heard, AgentCode.PEER_ALERT, "bad_certificate");
            says(server.failure(), AgentCode.PIN_MISMATCH, requests.client().fingerprint());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void a_server_that_stole_the_certificate_without_its_key(TlsVersion version) throws Exception {
        TlsRequests requests = TlsRequests.usual(version);
        Identity thief = new Identity(CertificateKind.ECDSA, Identity.ecdsa().key(), requests.server().certificate());
        try (TwoChannels ends = TwoChannels.connected()) {
            TlsRequest impostor = new TlsRequest(Role.SERVER, version, requests.cipher(), thief,
                Optional.of(requests.client().fingerprint()),
                false, false);
            Task<TlsChannel> server = TwoChannels.start(() -> TlsChannel.open(ends.server(), impostor));
            says(assertThrows(PairFailed.class, () -> TlsChannel.open(ends.client(), requests.forClient(false, false))),
                AgentCode.PIN_MISMATCH, "decrypt_error");
            says(server.failure(), AgentCode.PEER_ALERT, "decrypt_error");
        }
    }

    @Test
    void no_version_in_common() throws Exception {
        TlsRequests old = TlsRequests.usual(TlsVersion.TLS_1_2);
        TlsRequests fresh = new TlsRequests(TlsVersion.TLS_1_3, old.cipher(), old.server(), old.client());
        try (TwoChannels ends = TwoChannels.connected()) {
            Task<TlsChannel> server = TwoChannels.start(() -> TlsChannel.open(ends.server(), old.forServer(false, false)));
            says(assertThrows(PairFailed.class, () -> TlsChannel.open(ends.client(), fresh.forClient(false, false))), AgentCode.PEER_ALERT,
                "protocol_version");
            says(server.failure(), AgentCode.OTHER, "wanted TLS 1.2", "protocol_version");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void no_cipher_in_common(TlsVersion version) throws Exception {
        TlsRequests strong = TlsRequests.of(version, Cipher.AES_256_GCM, CertificateKind.RSA);
        TlsRequests weak = new TlsRequests(version, Cipher.AES_128_GCM, strong.server(), strong.client());
        try (TwoChannels ends = TwoChannels.connected()) {
            Task<TlsChannel> server = TwoChannels.start(() -> TlsChannel.open(ends.server(), strong.forServer(false, false)));
            says(assertThrows(PairFailed.class, () -> TlsChannel.open(ends.client(), weak.forClient(false, false))), AgentCode.PEER_ALERT,
                "handshake_failure");
            says(server.failure(), AgentCode.OTHER, "aes-256-gcm", "handshake_failure");
        }
    }

    @Test
    void a_peer_that_ends_at_once() throws Exception {
        try (TwoChannels ends = TwoChannels.connected()) {
            ends.server().close();
            says(assertThrows(PairFailed.class, () ->
                TlsChannel.open(ends.client(), TlsRequests.usual(TlsVersion.TLS_1_3).forClient(false, false))), AgentCode.PEER_STOPPED);
        }
    }

    @Test
    void a_peer_that_ends_in_the_middle_of_a_record_of_the_handshake() throws Exception {
        try (TwoChannels ends = TwoChannels.connected()) {
            ends.client().send(TlsRequests.direct(new byte[] {22, 3, 1, 2, 0, 1, 0}));
            ends.client().finish();
            PairFailed failed = assertThrows(PairFailed.class,
                () -> TlsChannel.open(ends.server(), TlsRequests.usual(TlsVersion.TLS_1_2).forServer(false, false)));
            says(failed, AgentCode.PEER_STOPPED, "after 7 bytes");
        }
    }

    @Test
    void a_peer_that_resets() throws Exception {
        try (TwoChannels ends = TwoChannels.connected()) {
            Task<TlsChannel> client =
                TwoChannels.start(() -> TlsChannel.open(ends.client(), TlsRequests.usual(TlsVersion.TLS_1_2).forClient(false, false)));
            ends.server().receive(ByteBuffer.allocateDirect(5));
            ends.server().reset();
            PairFailed failed = client.failure();
            says(failed, AgentCode.PEER_STOPPED);
            assertEquals("ECONNRESET", failed.errno());
        }
    }

    @Test
    void a_peer_that_says_nothing() throws Exception {
        try (TwoChannels ends = TwoChannels.connected()) {
            TlsRequest wanted = TlsRequests.usual(TlsVersion.TLS_1_2).forClient(false, false);
            says(assertThrows(PairFailed.class, () -> TlsChannel.open(ends.client(), wanted, Duration.ofMillis(50))),
                AgentCode.PEER_STOPPED, "longer than");
        }
    }

    /// A record of the handshake that does not decrypt is not a wrong pin.
    @Test
    void bytes_of_the_handshake_that_were_changed() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_3);
        try (TwoChannels ends = TwoChannels.connected()) {
            CorruptingConnection flipping = new CorruptingConnection(ends.client(), 300);
            Task<TlsChannel> server = TwoChannels.start(() -> TlsChannel.open(ends.server(), requests.forServer(false, false)));
            says(assertThrows(PairFailed.class, () -> TlsChannel.open(flipping, requests.forClient(false, false))),
                AgentCode.RECORD_CORRUPT);
            says(server.failure(), AgentCode.PEER_ALERT, "bad_record_mac");
        }
    }

    @Test
    void a_kernel_that_refuses_for_another_reason() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_2);
        for (Map<String, String> refusal : java.util.List.of(Map.of("TCP_ULP", "EEXIST"), Map.of("TLS_TX", "EINVAL"),
            Map.of("TLS_RX", "EBUSY"))) {
            try (TwoChannels ends = TwoChannels.connected()) {
                Task<TlsChannel> server = TwoChannels.start(() -> TlsChannel.open(ends.server(), requests.forServer(false, false)));
                PairFailed failed = assertThrows(PairFailed.class,
                    () -> TlsChannel.open(new FakeKernel(ends.client(), refusal), requests.forClient(true, true)));
                says(failed, AgentCode.TLS_REFUSED, refusal.keySet().iterator().next());
                assertEquals(refusal.values().iterator().next(), failed.errno());
                TlsChannel open = server.result();
                says(assertThrows(PairFailed.class, () -> open.receive(ByteBuffer.allocateDirect(10))), AgentCode.PEER_STOPPED,
                    "without close_notify");
            }
        }
    }

    @Test
    void a_pin_that_is_none() {
        Identity own = Identity.ecdsa();
        for (String pin : new String[] {"", "ab", own.fingerprint().toUpperCase(java.util.Locale.ROOT)})
            assertThrows(IllegalArgumentException.class,
                () -> new TlsRequest(Role.CLIENT, TlsVersion.TLS_1_2, Cipher.AES_128_GCM, own, Optional.of(pin), true, true));
    }
}
