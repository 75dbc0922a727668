package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.NeedsProgram;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.linux.LinuxNetwork;
import dev.bluerig.ktls.secure.TwoChannels.Task;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// OpenSSL in both roles, over this machine's own sockets. Where the kernel has no TLS, both ends make their records themselves.
@NeedsProgram("openssl")
class OpenSslTest {
    private static final int LARGE = 4_000_037;

    static Stream<Arguments> kinds() {
        return TlsRequests.every().map(Arguments::get)
            .flatMap(kind -> Stream.of(false, true).map(kernel -> Arguments.of(kind[0], kind[1], kind[2], kernel)));
    }

    private static Network.Listener listener() throws Exception {
        return new LinuxNetwork().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    }

    private static Connection accepted(Network.Listener listener) throws Exception {
        return listener.accept(Duration.ofSeconds(30)).orElseThrow();
    }

    private static void exchange(TlsChannel ours, OpenSsl theirs) throws Exception {
        byte[] up = TlsRequests.payload(LARGE, 1);
        byte[] down = TlsRequests.payload(LARGE, 2);
        Task<byte[]> heard = TwoChannels.start(() -> theirs.stdout().readNBytes(LARGE));
        Task<byte[]> received = TwoChannels.start(() -> TlsRequests.receive(ours, LARGE, 1 << 16));
        Task<Boolean> said = TwoChannels.start(() -> {
            theirs.stdin().write(down);
            theirs.stdin().flush();
            return true;
        });
        TlsRequests.send(ours, up, 128 << 10);
        assertArrayEquals(up, heard.result());
        assertArrayEquals(down, received.result());
        said.result();
        ours.close();
        theirs.awaitEnd();
        assertEquals(0, theirs.stdout().read() + 1, "nothing but payload");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void openssl_as_server(TlsVersion version, Cipher cipher, CertificateKind kind, boolean kernel, @TempDir Path directory)
        throws Exception {
        TlsRequests requests = TlsRequests.of(version, cipher, kind);
        try (OpenSsl theirs = new OpenSsl.Start(directory, version, cipher, requests.server(), kernel, false).server(true);
             TlsChannel ours = TlsChannel.open(theirs.connect(), requests.forClient(kernel, kernel))) {
            exchange(ours, theirs);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void openssl_as_client(TlsVersion version, Cipher cipher, CertificateKind kind, boolean kernel, @TempDir Path directory)
        throws Exception {
        TlsRequests requests = TlsRequests.of(version, cipher, kind);
        try (Network.Listener listener = listener();
             OpenSsl theirs = new OpenSsl.Start(directory, version, cipher, requests.client(), kernel, false)
                 .client(listener.address(), kind);
             TlsChannel ours = TlsChannel.open(accepted(listener), requests.forServer(kernel, kernel))) {
            exchange(ours, theirs);
        }
    }

    /// A peer that knows no pins: no certificate is asked for, and none is checked.
    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void without_pins(TlsVersion version, @TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.of(version, Cipher.AES_128_GCM, CertificateKind.RSA);
        TlsRequest wanted = new TlsRequest(Role.CLIENT, version, requests.cipher(), requests.client(), Optional.empty(), false, false);
        try (OpenSsl theirs = new OpenSsl.Start(directory, version, requests.cipher(), requests.server(), false, false).server(false);
             TlsChannel ours = TlsChannel.open(theirs.connect(), wanted)) {
            exchange(ours, theirs);
        }
    }

    @Test
    void key_update_of_a_server(@TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_3);
        try (OpenSsl theirs = new OpenSsl.Start(directory, requests.version(), requests.cipher(), requests.server(), false, true)
            .server(true);
             TlsChannel ours = TlsChannel.open(theirs.connect(), requests.forClient(false, false))) {
            theirs.command("K");
            updates(ours);
        }
    }

    @Test
    void key_update_of_a_client(@TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_3);
        try (Network.Listener listener = listener();
             OpenSsl theirs = new OpenSsl.Start(directory, requests.version(), requests.cipher(), requests.client(), false, true)
                 .client(listener.address(), CertificateKind.ECDSA);
             TlsChannel ours = TlsChannel.open(accepted(listener), requests.forServer(false, false))) {
            theirs.command("k");
            updates(ours);
        }
    }

    private static void updates(TlsChannel ours) {
        PairFailed failed = assertThrows(PairFailed.class, () -> ours.receive(ByteBuffer.allocateDirect(100)));
        assertEquals(AgentCode.PEER_KEY_UPDATE, failed.code(), failed.getMessage());
    }

    @Test
    void a_server_of_another_version(@TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_2);
        try (OpenSsl theirs = new OpenSsl.Start(directory, TlsVersion.TLS_1_3, requests.cipher(), requests.server(), false, false)
            .server(true)) {
            PairFailed failed = assertThrows(PairFailed.class, () -> TlsChannel.open(theirs.connect(), requests.forClient(false, false)));
            assertEquals(AgentCode.PEER_ALERT, failed.code());
            assertTrue(failed.getMessage().contains("protocol_version"), failed.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void a_killed_peer_stopped(TlsVersion version, @TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.usual(version);
        try (OpenSsl theirs = new OpenSsl.Start(directory, version, requests.cipher(), requests.server(), false, false).server(true);
             TlsChannel ours = TlsChannel.open(theirs.connect(), requests.forClient(false, false))) {
            theirs.kill();
            PairFailed failed = assertThrows(PairFailed.class, () -> ours.receive(ByteBuffer.allocateDirect(100)));
            assertEquals(AgentCode.PEER_STOPPED, failed.code(), failed.getMessage());
        }
    }

    static Stream<Arguments> secrets() {
        return Arrays.stream(TlsVersion.values())
            .flatMap(version -> Arrays.stream(Cipher.values()).map(cipher -> Arguments.of(version, cipher)));
    }

    /// What OpenSSL writes down as its secrets leads to our keys, by a derivation that this test does by itself.
    @ParameterizedTest
    @MethodSource("secrets")
    void the_keys_are_those_of_the_peer(TlsVersion version, Cipher cipher, @TempDir Path directory) throws Exception {
        TlsRequests requests = TlsRequests.of(version, cipher, CertificateKind.ECDSA);
        try (OpenSsl theirs = new OpenSsl.Start(directory, version, cipher, requests.server(), false, false).server(true)) {
            CorruptingConnection tap = new CorruptingConnection(theirs.connect(), -1);
            FakeKernel kernel = new FakeKernel(tap, Map.of());
            try (TlsChannel ours = TlsChannel.open(kernel, requests.forClient(true, true))) {
                ours.send(TlsRequests.direct(new byte[] {1}));
                assertEquals(1, theirs.stdout().read());
                KeyDerivation expected = new KeyDerivation(version, cipher, Arrays.copyOfRange(tap.came(), 11, 43));
                for (String line : theirs.keyLog()) {
                    String[] words = line.split(" ");
                    expected.take(words[0], HexFormat.of().parseHex(words[1]), HexFormat.of().parseHex(words[2]));
                }
                RecordKeys client = expected.client();
                RecordKeys server = expected.server();
                assertEquals(client, kernel.transmitKeys());
                assertEquals(server, kernel.receiveKeys());
                assertEquals(version == TlsVersion.TLS_1_2 ? 1 : 0, client.sequence());
            }
        }
    }
}
