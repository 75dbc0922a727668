package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.Skip;
import dev.bluerig.ktls.linux.LinuxNetwork;
import dev.bluerig.ktls.secure.TwoChannels.Channels;
import dev.bluerig.ktls.secure.TwoChannels.Task;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Channels over this machine's own sockets, with the keys offered to this machine's own kernel.
class LinuxChannelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGE = 5_000_000;

    private record Sockets(Connection server, Connection client) {
        static Sockets connected() throws Exception {
            Network network = new LinuxNetwork();
            try (Network.Listener listener = network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1)) {
                Connection client = network.connect(Optional.empty(), listener.address(), PATIENCE);
                return new Sockets(listener.accept(PATIENCE).orElseThrow(), client);
            }
        }

        Channels open(TlsRequests requests) throws Exception {
            return Channels.open(server, requests.forServer(true, true), client, requests.forClient(true, true));
        }
    }

    static Stream<Arguments> kinds() {
        return Arrays.stream(TlsVersion.values())
            .flatMap(version -> Arrays.stream(Cipher.values()).map(cipher -> Arguments.of(version, cipher)));
    }

    /// A kernel with TLS and this cipher takes the keys; any other leaves the records to the program, and the reason says so.
    private static void placed(TlsChannel channel) throws Exception {
        boolean both = channel.transmit() == TlsSettings.RecordHandler.KERNEL && channel.receive() == TlsSettings.RecordHandler.KERNEL;
        if (both) assertEquals("", channel.reason());
        else assertFalse(Skip.kernelTlsIsRequired(), channel.reason());
        if (!both)
            assertTrue(channel.reason().startsWith("kernel has no TLS (TCP_ULP: ENOENT)")
                || channel.reason().startsWith("kernel has no such cipher (TLS_"), channel.reason());
        if (!both && channel.reason().startsWith("kernel has no TLS")) assertEquals("user-space", channel.state().transmit());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void payload_and_files_go_through(TlsVersion version, Cipher cipher, @TempDir Path directory) throws Exception {
        byte[] up = TlsRequests.payload(LARGE, 1);
        Path file = Files.write(directory.resolve("payload"), up);
        try (Channels both = Sockets.connected().open(TlsRequests.of(version, cipher, CertificateKind.ECDSA))) {
            placed(both.server());
            placed(both.client());
            Task<byte[]> received = TwoChannels.start(() -> TlsRequests.receive(both.server(), 2 * LARGE + 1, 1 << 17));
            TlsRequests.send(both.client(), up, 1 << 20);
            for (int from = 0; from < LARGE; from += 1_250_000) both.client().sendFile(file, from, 1_250_000);
            both.client().finish();
            byte[] all = received.result();
            assertArrayEquals(up, Arrays.copyOf(all, LARGE));
            assertArrayEquals(up, Arrays.copyOfRange(all, LARGE, all.length));
            Task<Boolean> closed = TwoChannels.start(() -> {
                both.server().close();
                return true;
            });
            both.client().close();
            assertTrue(closed.result());
        }
    }

    @Test
    void a_silent_peer_is_given_up() throws Exception {
        Sockets sockets = Sockets.connected();
        TlsRequest wanted = TlsRequests.usual(TlsVersion.TLS_1_2).forServer(true, true);
        PairFailed failed = assertThrows(PairFailed.class, () -> TlsChannel.open(sockets.server(), wanted, Duration.ofMillis(50)));
        assertEquals(AgentCode.PEER_STOPPED, failed.code(), failed.getMessage());
        sockets.client().close();
    }

    @Test
    void a_peer_that_does_not_close_is_given_up() throws Exception {
        try (Channels both = Sockets.connected().open(TlsRequests.usual(TlsVersion.TLS_1_3))) {
            PairFailed failed = assertThrows(PairFailed.class, () -> both.server().close(Duration.ofMillis(50)));
            assertEquals(AgentCode.PEER_STOPPED, failed.code(), failed.getMessage());
        }
    }

    /// A client of TLS 1.3 that was refused has its handshake behind it: the alert must reach it although its own payload is on the way.
    @Test
    void the_alert_is_heard_before_the_reset() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_3);
        Sockets sockets = Sockets.connected();
        TlsRequest impostor = new TlsRequest(Role.CLIENT, requests.version(), requests.cipher(), Identity.ecdsa(),
            Optional.of(requests.server().fingerprint()), false, false);
        Task<TlsChannel> server = TwoChannels.start(() -> TlsChannel.open(sockets.server(), requests.forServer(false, false)));
        TlsChannel client = TlsChannel.open(sockets.client(), impostor);
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        PairFailed heard = assertThrows(PairFailed.class, () -> {
            while (true) client.send(buffer.clear());
        });
        assertEquals(AgentCode.PEER_ALERT, heard.code(), heard.getMessage());
        assertEquals(AgentCode.PIN_MISMATCH, server.failure().code());
    }

    @Test
    void abort_ends_a_receiver() throws Exception {
        try (Channels both = Sockets.connected().open(TlsRequests.usual(TlsVersion.TLS_1_2))) {
            Task<Integer> receiving = TwoChannels.start(() -> both.server().receive(ByteBuffer.allocateDirect(100)));
            both.server().abort();
            assertEquals("EBADF", receiving.failure().errno());
            PairFailed peer = assertThrows(PairFailed.class, () -> both.client().receive(ByteBuffer.allocateDirect(100)));
            assertEquals(AgentCode.PEER_STOPPED, peer.code());
        }
    }
}
