package dev.bluerig.ktls.secure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.secure.TwoChannels.Channels;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.TlsVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A client that misbehaves after the handshake: what our server says of it, with its records in the kernel and in the program.
class RecordFailureTest {
    static Stream<Arguments> places() {
        return Arrays.stream(TlsVersion.values()).flatMap(version -> Stream.of(Arguments.of(version, false), Arguments.of(version, true)));
    }

    /// A peer whose keys the test holds, so that it can make any record.
    private record Bad(TwoChannels ends, FakeKernel kernel, Channels both) implements AutoCloseable {
        static Bad connected(TlsVersion version, boolean inKernel) throws Exception {
            TlsRequests requests = TlsRequests.usual(version);
            TwoChannels ends = TwoChannels.connected();
            FakeKernel kernel = new FakeKernel(ends.client(), Map.of());
            return new Bad(ends, kernel, Channels.open(new FakeKernel(ends.server(), Map.of()), requests.forServer(inKernel, inKernel),
                kernel, requests.forClient(true, true)));
        }

        void record(int type, int... bytes) throws Exception {
            ByteBuffer content = ByteBuffer.allocateDirect(bytes.length);
            for (int octet : bytes) content.put((byte) octet);
            ends.client().send(sealed(type, content.flip()));
        }

        ByteBuffer sealed(int type, ByteBuffer content) {
            ByteBuffer record = ByteBuffer.allocateDirect(content.remaining() + kernel.sealer().overhead());
            kernel.sealer().seal(type, content, record);
            return record.flip();
        }

        PairFailed failure() {
            return assertThrows(PairFailed.class, () -> both.server().receive(ByteBuffer.allocateDirect(100)));
        }

        /// What the misbehaving client hears in return.
        PairFailed heard() {
            return assertThrows(PairFailed.class, () -> both.client().receive(ByteBuffer.allocateDirect(100)));
        }

        @Override
        public void close() {
            both.close();
        }
    }

    private static void says(PairFailed failed, AgentCode code, String... words) {
        assertEquals(code, failed.code(), failed.getMessage());
        for (String word : words) assertTrue(failed.getMessage().contains(word), failed.getMessage());
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_flipped_bit(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.record(23, 1, 2, 3);
            assertArrayEquals(new byte[] {1, 2, 3}, TlsRequests.receive(bad.both().server(), 3, 10));
            ByteBuffer record = bad.sealed(23, TlsRequests.direct(new byte[100]));
            record.put(50, (byte) (record.get(50) ^ 4));
            bad.ends().client().send(record);
            PairFailed failed = bad.failure();
            says(failed, AgentCode.RECORD_CORRUPT);
            assertEquals(inKernel ? "EBADMSG" : "", failed.errno());
            says(bad.heard(), AgentCode.PEER_ALERT, "bad_record_mac");
            bad.both().server().close();
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void bytes_that_are_no_record(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.ends().client().send(TlsRequests.direct("plain text".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            says(bad.failure(), AgentCode.RECORD_CORRUPT);
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void the_end_in_the_middle_of_a_record(TlsVersion version, boolean inKernel) throws Exception {
        for (int cut : new int[] {1, 4, 5, 20}) {
            try (Bad bad = Bad.connected(version, inKernel)) {
                bad.ends().client().send(bad.sealed(23, TlsRequests.direct(new byte[100])).limit(cut));
                bad.ends().client().close();
                says(bad.failure(), AgentCode.PEER_STOPPED, inKernel ? "EPIPE" : "in the middle of record "
                    + (version == TlsVersion.TLS_1_2 ? 1 : 0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void the_end_without_close_notify(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.record(23, 7);
            bad.ends().client().close();
            assertArrayEquals(new byte[] {7}, TlsRequests.receive(bad.both().server(), 1, 10));
            says(bad.failure(), AgentCode.PEER_STOPPED, "without close_notify");
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_reset(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.ends().client().reset();
            PairFailed failed = bad.failure();
            says(failed, AgentCode.PEER_STOPPED);
            assertEquals("ECONNRESET", failed.errno());
            PairFailed sending = assertThrows(PairFailed.class, () -> bad.both().server().send(TlsRequests.direct(new byte[10])));
            says(sending, AgentCode.PEER_STOPPED);
            assertTrue(sending.errno().equals("EPIPE") || sending.errno().equals("ECONNRESET"), sending.errno());
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void an_alert(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.record(21, 2, 80);
            says(bad.failure(), AgentCode.PEER_ALERT, "internal_error");
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void an_alert_in_two_pieces_for_a_buffer_of_one_byte(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.record(21, 2, 20);
            says(assertThrows(PairFailed.class, () -> bad.both().server().receive(ByteBuffer.allocateDirect(1))), AgentCode.PEER_ALERT,
                "bad_record_mac");
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_warning_is_no_end(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.record(21, 1, 90);
            bad.record(23, 9);
            bad.record(21, 1, 0);
            assertArrayEquals(new byte[] {9}, TlsRequests.receive(bad.both().server(), 2, 10));
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void empty_records_are_no_end(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.record(23);
            bad.record(23, 5);
            assertArrayEquals(new byte[] {5}, TlsRequests.receive(bad.both().server(), 1, 10));
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void messages_of_the_handshake_that_may_come(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            if (version == TlsVersion.TLS_1_2) bad.record(22, 0, 0, 0, 0);
            else {
                bad.record(22, 4, 0, 0, 3, 1, 2, 3, 4, 0, 0, 1, 9);
                bad.record(22, 4, 0, 0);
                bad.record(22, 5, 24, 24, 24);
                bad.record(22, 24, 24);
            }
            bad.record(23, 6);
            assertArrayEquals(new byte[] {6}, TlsRequests.receive(bad.both().server(), 1, 2));
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_key_update(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.record(22, 24, 0, 0, 1, 0);
            if (version == TlsVersion.TLS_1_3) says(bad.failure(), AgentCode.PEER_KEY_UPDATE);
            else says(bad.failure(), AgentCode.OTHER, "handshake message 24");
            says(bad.heard(), AgentCode.PEER_ALERT, "unexpected_message");
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_record_of_an_unexpected_type(TlsVersion version, boolean inKernel) throws Exception {
        try (Bad bad = Bad.connected(version, inKernel)) {
            bad.record(20, 1);
            says(bad.failure(), AgentCode.OTHER, "unexpected type 20");
        }
    }

    @Test
    void a_peer_that_does_not_answer_close_notify() throws Exception {
        try (Bad bad = Bad.connected(TlsVersion.TLS_1_3, false)) {
            says(assertThrows(PairFailed.class, () -> bad.both().server().close(Duration.ofMillis(50))), AgentCode.PEER_STOPPED,
                "did not answer close_notify");
        }
    }

    @Test
    void a_peer_that_ends_instead_of_closing() throws Exception {
        try (Bad bad = Bad.connected(TlsVersion.TLS_1_2, true)) {
            bad.ends().client().close();
            says(assertThrows(PairFailed.class, () -> bad.both().server().close()), AgentCode.PEER_STOPPED);
        }
    }

    @Test
    void nothing_is_sent_after_close_notify() throws Exception {
        try (Bad bad = Bad.connected(TlsVersion.TLS_1_2, true)) {
            bad.both().server().finish();
            bad.both().server().finish();
            assertThrows(IllegalStateException.class, () -> bad.both().server().send(TlsRequests.direct(new byte[1])));
            assertEquals(-1, bad.both().client().receive(ByteBuffer.allocateDirect(1)));
        }
    }
}
