package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.secure.TwoChannels.Channels;
import dev.bluerig.ktls.secure.TwoChannels.Task;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Our client against our server, in user space and through a kernel that is played.
class ChannelTest {
    private static final int LARGE = 3_000_001;

    @ParameterizedTest
    @MethodSource("dev.bluerig.ktls.secure.TlsRequests#every")
    void payload_goes_both_ways(TlsVersion version, Cipher cipher, CertificateKind kind) throws Exception {
        TlsRequests requests = TlsRequests.of(version, cipher, kind);
        try (TwoChannels ends = TwoChannels.connected(); Channels both =
            Channels.open(ends.server(), requests.forServer(false, false), ends.client(), requests.forClient(false, false))) {
            exchange(both);
            assertEquals(version.text(), both.client().version());
            assertEquals(cipher.text(), both.server().cipher());
            assertEquals(TlsSettings.RecordHandler.USER_SPACE, both.client().transmit());
            assertEquals("", both.client().reason());
        }
    }

    /// Large payload both ways at once, then both ends close.
    private static void exchange(Channels both) throws Exception {
        byte[] up = TlsRequests.payload(LARGE, 1);
        byte[] down = TlsRequests.payload(LARGE, 2);
        Task<byte[]> received = TwoChannels.start(() -> TlsRequests.receive(both.server(), LARGE + 1, 100_000));
        Task<byte[]> answered = TwoChannels.start(() -> TlsRequests.receive(both.client(), LARGE + 1, 5_000));
        Task<Boolean> answer = TwoChannels.start(() -> {
            TlsRequests.send(both.server(), down, 77_777);
            both.server().finish();
            return true;
        });
        TlsRequests.send(both.client(), up, 128 << 10);
        both.client().finish();
        assertTrue(answer.result());
        assertArrayEquals(up, received.result());
        assertArrayEquals(down, answered.result());
        Task<Boolean> closed = TwoChannels.start(() -> {
            both.server().close();
            return true;
        });
        both.client().close();
        assertTrue(closed.result());
    }

    @ParameterizedTest
    @CsvSource({"true,true,true,true", "true,false,false,true", "false,true,true,false", "true,true,false,false", "false,false,true,true",
        "true,false,true,false"})
    void the_kernel_may_hold_any_direction(boolean serverTransmit, boolean serverReceive, boolean clientTransmit, boolean clientReceive)
    throws Exception {
        for (TlsVersion version : TlsVersion.values()) {
            TlsRequests requests = TlsRequests.of(version, Cipher.AES_256_GCM, CertificateKind.ECDSA);
            try (TwoChannels ends = TwoChannels.connected()) {
                FakeKernel server = new FakeKernel(ends.server(), Map.of());
                FakeKernel client = new FakeKernel(ends.client(), Map.of());
                try (Channels both = Channels.open(server, requests.forServer(serverTransmit, serverReceive), client,
                    requests.forClient(clientTransmit, clientReceive))) {
                    assertEquals(serverTransmit ? TlsSettings.RecordHandler.KERNEL : TlsSettings.RecordHandler.USER_SPACE,
                        both.server().transmit());
                    assertEquals(clientReceive ? TlsSettings.RecordHandler.KERNEL : TlsSettings.RecordHandler.USER_SPACE,
                        both.client().receive());
                    if (serverTransmit && clientReceive) assertEquals(server.transmitKeys(), client.receiveKeys());
                    if (clientTransmit && serverReceive) assertEquals(client.transmitKeys(), server.receiveKeys());
                    assertEquals(serverTransmit ? "sw" : "user-space", both.server().state().transmit());
                    exchange(both);
                    assertEquals(serverTransmit, server.calls().contains("record 21"));
                    long first = version == TlsVersion.TLS_1_2 ? 1 : 0;
                    assertEquals(both.server().recordsSent(), both.client().recordsReceived());
                    assertEquals(both.server().state().transmitted() - first, both.server().recordsSent());
                    assertEquals(38 * 5 + 3 + 1, both.server().recordsSent(), "38 writes of 77,777 bytes, one of 44,475, and close_notify");
                }
            }
        }
    }

    @Test
    void a_kernel_without_tls_leaves_both_to_the_program() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_2);
        try (TwoChannels ends = TwoChannels.connected(); Channels both =
            Channels.open(ends.server(), requests.forServer(true, true), ends.client(), requests.forClient(true, false))) {
            assertEquals("kernel has no TLS (TCP_ULP: ENOENT)", both.server().reason());
            assertEquals("kernel has no TLS (TCP_ULP: ENOENT)", both.client().reason());
            assertEquals(List.of(TlsSettings.RecordHandler.USER_SPACE, TlsSettings.RecordHandler.USER_SPACE),
                List.of(both.server().transmit(), both.server().receive()));
            exchange(both);
        }
    }

    @Test
    void a_kernel_without_the_cipher_leaves_that_direction_to_the_program() throws Exception {
        TlsRequests requests = TlsRequests.of(TlsVersion.TLS_1_3, Cipher.CHACHA20_POLY1305, CertificateKind.ECDSA);
        try (TwoChannels ends = TwoChannels.connected()) {
            Connection server = new FakeKernel(ends.server(), Map.of("TLS_TX", "ENOENT"));
            Connection client = new FakeKernel(ends.client(), Map.of("TLS_TX", "ENOENT", "TLS_RX", "ENOENT"));
            try (Channels both = Channels.open(server, requests.forServer(true, true), client, requests.forClient(true, true))) {
                assertEquals("kernel has no such cipher (TLS_TX: ENOENT)", both.server().reason());
                assertEquals(List.of(TlsSettings.RecordHandler.USER_SPACE, TlsSettings.RecordHandler.KERNEL),
                    List.of(both.server().transmit(), both.server().receive()));
                assertEquals("kernel has no such cipher (TLS_TX: ENOENT); kernel has no such cipher (TLS_RX: ENOENT)",
                    both.client().reason());
                exchange(both);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TlsVersion.class)
    void a_file_is_sent_by_kernel_and_program(TlsVersion version, @TempDir Path directory) throws Exception {
        byte[] content = TlsRequests.payload(1_000_000, 3);
        Path file = Files.write(directory.resolve("payload"), content);
        TlsRequests requests = TlsRequests.usual(version);
        for (boolean kernel : new boolean[] {false, true}) {
            try (TwoChannels ends = TwoChannels.connected()) {
                FakeKernel server = new FakeKernel(ends.server(), Map.of());
                try (Channels both = Channels.open(server, requests.forServer(kernel, false), ends.client(),
                    requests.forClient(false, false))) {
                    Task<byte[]> received = TwoChannels.start(() -> TlsRequests.receive(both.client(), 900_000, 1 << 16));
                    both.server().sendFile(file, 50_000, 100_000);
                    both.server().sendFile(file, 150_000, 800_000);
                    assertArrayEquals(java.util.Arrays.copyOfRange(content, 50_000, 950_000), received.result());
                    assertEquals(kernel, server.calls().contains("sendfile"));
                }
            }
        }
    }

    @Test
    void a_file_that_is_too_short_is_said(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("payload"), new byte[10]);
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_3);
        try (TwoChannels ends = TwoChannels.connected(); Channels both =
            Channels.open(ends.server(), requests.forServer(false, false), ends.client(), requests.forClient(false, false))) {
            PairFailed failed = org.junit.jupiter.api.Assertions.assertThrows(PairFailed.class, () -> both.client().sendFile(file, 5, 6));
            assertEquals(AgentCode.OTHER, failed.code());
            assertTrue(failed.getMessage().contains("ends after 10 bytes"), failed.getMessage());
        }
    }

    @Test
    void single_bytes_go_through() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_3);
        try (TwoChannels ends = TwoChannels.connected(); Channels both =
            Channels.open(ends.server(), requests.forServer(false, false), ends.client(), requests.forClient(false, false))) {
            byte[] payload = TlsRequests.payload(500, 4);
            TlsRequests.send(both.client(), payload, 1);
            assertEquals(500, both.client().recordsSent());
            both.client().finish();
            assertArrayEquals(payload, TlsRequests.receive(both.server(), 501, 1));
            assertEquals(-1, both.server().receive(ByteBuffer.allocateDirect(1)));
        }
    }

    /// A record bigger than the room for it comes in pieces, from the kernel as from the program.
    @Test
    void a_small_buffer_gets_pieces() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_2);
        for (boolean kernel : new boolean[] {false, true}) {
            try (TwoChannels ends = TwoChannels.connected()) {
                FakeKernel server = new FakeKernel(ends.server(), Map.of());
                try (Channels both = Channels.open(server, requests.forServer(false, kernel), ends.client(),
                    requests.forClient(false, false))) {
                    byte[] payload = TlsRequests.payload(20_000, 5);
                    TlsRequests.send(both.client(), payload, 20_000);
                    both.client().finish();
                    assertArrayEquals(payload, TlsRequests.receive(both.server(), 20_001, 1));
                }
            }
        }
    }

    @Test
    void one_end_may_finish_while_the_other_still_sends() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_2);
        try (TwoChannels ends = TwoChannels.connected(); Channels both =
            Channels.open(ends.server(), requests.forServer(false, false), ends.client(), requests.forClient(false, false))) {
            both.client().finish();
            assertEquals(-1, both.server().receive(ByteBuffer.allocateDirect(10)));
            TlsRequests.send(both.server(), new byte[] {1, 2, 3}, 3);
            assertArrayEquals(new byte[] {1, 2, 3}, TlsRequests.receive(both.client(), 3, 10));
        }
    }

    @Test
    void a_kernel_that_does_not_answer_leaves_records_unknown() throws Exception {
        TlsRequests requests = TlsRequests.usual(TlsVersion.TLS_1_2);
        try (TwoChannels ends = TwoChannels.connected()) {
            FakeKernel server = new FakeKernel(ends.server(), Map.of("sock_diag", "EPERM"));
            try (Channels both = Channels.open(server, requests.forServer(true, true), ends.client(), requests.forClient(false, false))) {
                assertEquals(-1, both.server().recordsSent());
                assertEquals(0, both.client().recordsSent());
            }
        }
    }

    @Test
    void secrets_are_never_printed() {
        Identity identity = Identity.ecdsa();
        String shown = TlsRequests.usual(TlsVersion.TLS_1_3).forServer(false, false) + " " + identity;
        assertFalse(shown.contains("PrivateKey"), shown);
        assertTrue(identity.fingerprint().matches("[0-9a-f]{64}"));
        assertFalse(identity.fingerprint().equals(Identity.ecdsa().fingerprint()));
    }
}
