package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.linux.LinuxNetwork;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What OpenSSL sends beside payload, and how it ends, when our end's records are the kernel's.
@Tag("kernel-tls")
@Timeout(120)
class ControlsKernelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static void isKernels(TlsChannel ours) {
        assertEquals(List.of(TlsSettings.RecordHandler.KERNEL, TlsSettings.RecordHandler.KERNEL, ""), List.of(ours.transmit(),
            ours.receive(), ours.reason()));
    }

    /// Linux before 6.14 cannot take another key (net/tls/tls_main.c: EBUSY), so a KeyUpdate ends the connection, by its name. `K` also
    /// asks for ours.
    @ParameterizedTest
    @ValueSource(strings = {"k", "K"})
    void key_update_of_a_server(String letter, @TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_3);
        try (OpenSsl theirs = new OpenSsl.Start(directory, requests.version(), requests.cipher(), requests.server(), false, true)
            .server(true);
             TlsChannel ours = TlsChannel.open(theirs.connect(), requests.forClient(true, true))) {
            updates(ours, theirs, letter);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "K"})
    void key_update_of_a_client(String letter, @TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_3);
        try (Network.Listener listener = new LinuxNetwork().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
             OpenSsl theirs = new OpenSsl.Start(directory, requests.version(), requests.cipher(), requests.client(), false, true)
                 .client(listener.address(), CertificateKind.ECDSA);
             TlsChannel ours = TlsChannel.open(listener.accept(PATIENCE).orElseThrow(), requests.forServer(true, true))) {
            updates(ours, theirs, letter);
        }
    }

    private static void updates(TlsChannel ours, OpenSsl theirs, String letter) throws Exception {
        isKernels(ours);
        theirs.command("before");
        ByteBuffer into = ByteBuffer.allocateDirect(100);
        while (into.position() < 7) ours.receive(into);
        theirs.command(letter);
        PairFailed failed = assertThrows(PairFailed.class, () -> ours.receive(ByteBuffer.allocateDirect(100)));
        assertEquals(AgentCode.PEER_KEY_UPDATE, failed.code(), failed.getMessage());
        assertThrows(IllegalStateException.class, () -> ours.send(TlsRequests.direct(new byte[1])), "we said why, and say nothing more");
    }

    /// `Q` of a client (a server's `Q` closes without a word) ends a connection in order: close_notify, after which our end may still
    /// speak.
    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void close_notify(TlsVersion version, @TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.usual(version);
        try (Network.Listener listener = new LinuxNetwork().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
             OpenSsl theirs = new OpenSsl.Start(directory, version, requests.cipher(), requests.client(), false, true,
                 LinkUnderTest.LOOPBACK,
                 List.of("-ktls")).client(listener.address(), CertificateKind.ECDSA);
             TlsChannel ours = TlsChannel.open(listener.accept(PATIENCE).orElseThrow(), requests.forServer(true, true))) {
            isKernels(ours);
            theirs.command("Q");
            assertEquals(-1, ours.receive(ByteBuffer.allocateDirect(100)));
            assertEquals(-1, ours.receive(ByteBuffer.allocateDirect(100)), "the end stays the end");
            ours.finish();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void a_killed_peer_stopped(TlsVersion version, @TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.usual(version);
        try (OpenSsl theirs = new OpenSsl.Start(directory, version, requests.cipher(), requests.server(), false, false,
            LinkUnderTest.LOOPBACK,
            List.of("-ktls")).server(true);
             TlsChannel ours = TlsChannel.open(theirs.connect(), requests.forClient(true, true))) {
            isKernels(ours);
            theirs.kill();
            PairFailed failed = assertThrows(PairFailed.class, () -> ours.receive(ByteBuffer.allocateDirect(100)));
            assertEquals(AgentCode.PEER_STOPPED, failed.code(), failed.getMessage());
            PairFailed sending = assertThrows(PairFailed.class, () -> {
                while (true) ours.send(TlsRequests.direct(new byte[100_000]));
            });
            assertEquals(AgentCode.PEER_STOPPED, sending.code(), sending.getMessage());
        }
    }

    /// Bytes that are no record, under keys that both ends hold.
    @Test
    void a_record_that_nobody_sealed() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_2);
        Network network = new LinuxNetwork();
        try (Network.Listener listener = network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1)) {
            var client = network.connect(java.util.Optional.empty(), listener.address(), PATIENCE);
            try (TwoChannels.Channels both = TwoChannels.Channels.open(listener.accept(PATIENCE).orElseThrow(),
                requests.forServer(true, true), client, requests.forClient(false, false))) {
                isKernels(both.server());
                client.send(
                    TlsRequests.direct(new byte[] {23, 3, 3, 0, 30, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
                    21, 22, 23, 24, 25, 26, 27, 28, 29, 30}));
                PairFailed failed = assertThrows(PairFailed.class, () -> both.server().receive(ByteBuffer.allocateDirect(100)));
                assertEquals(AgentCode.RECORD_CORRUPT, failed.code(), failed.getMessage());
                PairFailed heard = assertThrows(PairFailed.class, () -> both.client().receive(ByteBuffer.allocateDirect(100)));
                assertEquals(AgentCode.PEER_ALERT, heard.code(), heard.getMessage());
                assertTrue(heard.getMessage().contains("bad_record_mac"), heard.getMessage());
            }
        }
    }
}
