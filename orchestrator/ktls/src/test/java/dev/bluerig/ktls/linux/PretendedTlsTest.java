package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bluerig.ktls.Connection.Received;
import dev.bluerig.ktls.Connection.TlsState;
import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The calls of kernel TLS on a machine that has none: what goes to the kernel is looked at, what comes from it is made up.
class PretendedTlsTest {
    private static final RecordKeys KEYS = new RecordKeys(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, new byte[16], new byte[4], 1);

    private final List<String> options = new ArrayList<>();
    private final List<MemorySegment> infos = new ArrayList<>();

    @Test
    void options_as_the_headers_number_them() throws SystemFailure {
        try (LoopbackPair pair = LoopbackPair.on(pretending((call, arguments) -> Optional.empty()), "127.0.0.1")) {
            pair.client().attachTls();
            pair.client().transmitWith(KEYS);
            pair.client().receiveWith(new RecordKeys(TlsVersion.TLS_1_3, Cipher.AES_256_GCM, new byte[32], new byte[12], 0));
            pair.client().zeroCopy();
            assertEquals(List.of("6/31 746c73", "282/1 0303330000000000000000010000000000000000000000000000000000000000"
                + "0000000000000001", "282/2 04033400" + "00".repeat(52), "282/3 01000000"), options);
        }
    }

    @Test
    void keys_do_not_stay_in_memory() throws SystemFailure {
        var left = new ArrayList<String>();
        var secret = new RecordKeys(TlsVersion.TLS_1_2, Cipher.AES_128_GCM, Memory.bytes("77".repeat(16)).array(), new byte[4], 1);
        var network = new LinuxNetwork(FaultySystemCalls.calls((call, arguments) -> {
            if (call.equals("setsockopt") && arguments[1].equals(282)) infos.add((MemorySegment) arguments[3]);
            if (call.equals("setsockopt") && arguments[1].equals(282)) return Optional.of(-22);
            if (call.equals("close")) infos.clear();
            return Optional.empty();
        }));
        try (LoopbackPair pair = LoopbackPair.on(network, "127.0.0.1")) {
            SystemFailure refused = assertThrows(SystemFailure.class, () -> pair.client().transmitWith(secret));
            assertEquals("setsockopt TLS_TX: EINVAL", refused.getMessage());
            for (MemorySegment info : infos) if (info.scope().isAlive()) left.add(Memory.hex(info));
            assertEquals(List.of(), left);
        }
    }

    @Test
    void a_record_goes_with_its_type() throws SystemFailure {
        var sent = new ArrayList<String>();
        try (LoopbackPair pair = LoopbackPair.on(pretending((call, arguments) -> {
            if (call.equals("sendmsg"))
                sent.add(message((MemorySegment) arguments[1]) + " flags " + Integer.toHexString((Integer) arguments[2]));
            return Optional.empty();
        }), "127.0.0.1")) {
            SystemFailure early = assertThrows(SystemFailure.class, () -> pair.client().sendRecord(21, LoopbackPair.direct("x")));
            assertEquals("sendmsg: ENOPROTOOPT: without keys the kernel would send the bytes of a record as they are", early.getMessage());
            pair.client().transmitWith(KEYS);
            ByteBuffer alert = ByteBuffer.allocateDirect(2).put((byte) 1).put((byte) 0).flip();
            pair.client().sendRecord(21, alert);
            assertEquals(List.of("0100 / 1100000000000000 1a010000 01000000 15 flags 4000"), sent);
            assertEquals(new Received(23, 2), pair.server().receive(ByteBuffer.allocateDirect(10)), "plain TCP ignores the message");
            assertThrows(IllegalArgumentException.class, () -> pair.client().sendRecord(22, ByteBuffer.allocateDirect(16_385)));
        }
    }

    @Test
    void a_record_comes_with_its_type() throws SystemFailure {
        var answers =
            new ArrayList<>(List.of(new Received(21, 2), new Received(23, 0), new Received(23, 0), new Received(23, 7),
            new Received(22, 0), new Received(-1, 0)));
        try (LoopbackPair pair = LoopbackPair.on(pretending((call, arguments) -> {
            if (!call.equals("recvmsg")) return Optional.empty();
            Received answer = answers.removeFirst();
            receive((MemorySegment) arguments[1], answer.type());
            return Optional.of(answer.bytes());
        }), "127.0.0.1")) {
            ByteBuffer into = ByteBuffer.allocateDirect(10);
            assertEquals(new Received(21, 2), pair.client().receive(into.clear()));
            assertEquals(new Received(23, 7), pair.client().receive(into.clear()), "empty records are passed over");
            assertEquals(7, into.position());
            assertEquals(new Received(22, 0), pair.client().receive(into.clear()), "but for control records");
            assertEquals(new Received(23, -1), pair.client().receive(into.clear()));
        }
    }

    /// Otherwise the alert that tells the peer why could not be sent.
    @Test
    void the_error_of_a_record_that_cannot_be_opened_is_fetched() throws SystemFailure {
        for (String[] refusal : new String[][] {{"-74", "EBADMSG", "[1/4]"}, {"-90", "EMSGSIZE", "[1/4]"}, {"-22", "EINVAL", "[1/4]"},
            {"-104", "ECONNRESET", "[]"}}) {
            var fetched = new ArrayList<String>();
            try (LoopbackPair pair = LoopbackPair.on(pretending((call, arguments) -> {
                if (call.equals("getsockopt")) fetched.add(arguments[1] + "/" + arguments[2]);
                return call.equals("recvmsg") ? Optional.of(Integer.parseInt(refusal[0])) : Optional.empty();
            }), "127.0.0.1")) {
                fetched.clear();
                SystemFailure failure = assertThrows(SystemFailure.class, () -> pair.client().receive(ByteBuffer.allocateDirect(10)));
                assertEquals("recvmsg: " + refusal[1], failure.getMessage());
                assertEquals(refusal[2], fetched.toString());
            }
        }
    }

    @Test
    void the_state_that_is_not_told_is_not_none() throws SystemFailure {
        try (LoopbackPair pair =
            LoopbackPair.on(pretending((call, arguments) -> call.equals("getsockopt") && arguments[2].equals(31)
            ? option(arguments, "746c7300") : Optional.empty()), "127.0.0.1")) {
            SystemFailure untold = assertThrows(SystemFailure.class, () -> pair.client().state());
            assertEquals("sock_diag: EPERM: the kernel tells the state of TLS only with CAP_NET_ADMIN", untold.getMessage());
        }
    }

    @Test
    void the_state_with_its_numbers() throws SystemFailure {
        String attributes = "3000 1300" + "0800 0100 746c7300" + "2400 0200" + "0600 0100 0303 0000" + "0600 0200 3300 0000"
            + "0600 0300 0300 0000" + "0600 0400 0200 0000";
        String answer = "88000000 1400 0000 01000000 00000000" + "00".repeat(72) + attributes;
        try (LoopbackPair pair = LoopbackPair.on(pretending((call, arguments) -> {
            if (call.equals("recv")) return filled((MemorySegment) arguments[1], answer);
            if (!call.equals("getsockopt") || !arguments[1].equals(282)) return Optional.empty();
            if (arguments[2].equals(2)) return Optional.of(-16); // EBUSY: no keys of this direction
            int size = ((MemorySegment) arguments[4]).get(JAVA_INT, 0);
            return option(arguments, size == 4 ? "03033300" : "03033300" + "77".repeat(28) + "0000000000000102");
        }), "127.0.0.1")) {
            assertEquals(new TlsState("hw", "sw", "1.2", "aes-128-gcm", 258, -1), pair.client().state());
        }
    }

    @Test
    void what_the_kernel_refuses_is_named() throws SystemFailure {
        for (String[] refusal : new String[][] {{"1", "EPERM"}, {"13", "EACCES"}, {"2", "ENOENT"}}) {
            String answer = "24000000 0200 0000 01000000 00000000 %02xffffff".formatted(256 - Integer.parseInt(refusal[0]))
                + "00".repeat(16);
            try (LoopbackPair pair =
                LoopbackPair.on(pretending((call, arguments) -> call.equals("recv") ? filled((MemorySegment) arguments[1], answer)
                : Optional.empty()), "127.0.0.1")) {
                assertEquals("sock_diag: " + refusal[1], assertThrows(SystemFailure.class, () -> pair.client().state()).getMessage());
            }
        }
    }

    @Test
    void retransmits_where_the_header_has_them() throws SystemFailure {
        try (LoopbackPair pair =
            LoopbackPair.on(pretending((call, arguments) -> call.equals("getsockopt") && arguments[2].equals(11)
            ? option(arguments, "00".repeat(100) + "feffffff") : Optional.empty()), "127.0.0.1")) {
            // tcpi_total_retrans is a u32 at 100 (linux/tcp.h, printed by a C program)
            assertEquals(4294967294L, pair.client().retransmits());
        }
    }

    private LinuxNetwork pretending(FaultySystemCalls more) {
        return new LinuxNetwork(FaultySystemCalls.calls((call, arguments) -> {
            boolean tls = call.equals("setsockopt") && (arguments[1].equals(282) || arguments[2].equals(31));
            if (!tls) return more.answer(call, arguments);
            options.add(arguments[1] + "/" + arguments[2] + " "
                + Memory.hex(((MemorySegment) arguments[3]).asSlice(0, (Integer) arguments[4])));
            return Optional.of(0);
        }));
    }

    private static Optional<Number> option(Object[] arguments, String hex) {
        ((MemorySegment) arguments[4]).set(JAVA_INT, 0, (int) filled((MemorySegment) arguments[3], hex).orElseThrow().longValue());
        return Optional.of(0);
    }

    private static Optional<Number> filled(MemorySegment segment, String hex) {
        ByteBuffer bytes = Memory.bytes(hex);
        MemorySegment.copy(MemorySegment.ofBuffer(bytes), 0, segment, 0, bytes.limit());
        return Optional.of(bytes.limit());
    }

    /// `struct msghdr`: iov@16, iovlen@24, control@32, controllen@40; `struct cmsghdr`: len, level@8, type@12, data@16.
    private static String message(MemorySegment header) {
        assertEquals(1, header.get(JAVA_LONG, 24));
        MemorySegment vector = Memory.at(header.get(JAVA_LONG, 16), 16);
        String control = Memory.hex(Memory.at(header.get(JAVA_LONG, 32), 17));
        assertEquals(24, header.get(JAVA_LONG, 40));
        return Memory.hex(Memory.at(vector.get(JAVA_LONG, 0), vector.get(JAVA_LONG, 8))) + " / " + control.substring(0, 16) + " "
            + control.substring(16, 24) + " " + control.substring(24, 32) + " " + control.substring(32);
    }

    /// As the kernel does: with TLS_GET_RECORD_TYPE, or without a control message.
    private static void receive(MemorySegment header, int type) {
        assertEquals(24, header.get(JAVA_LONG, 40), "room for the type, every time");
        header.set(JAVA_LONG, 40, type < 0 ? 0 : 24);
        if (type >= 0) filled(Memory.at(header.get(JAVA_LONG, 32), 24), "1100000000000000 1a010000 02000000 %02x".formatted(type));
    }
}
