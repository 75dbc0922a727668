package dev.bluerig.ktls.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.linux.DiagAnswer.Malformed;
import dev.bluerig.ktls.linux.DiagAnswer.Tls;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// idiag_ext 2 asks for tcp_info, and only with it the kernel tells of TLS. Laid by hand after linux/netlink.h, linux/inet_diag.h and
/// linux/tls.h (little endian): nlmsghdr 16 bytes, inet_diag_req_v2 56 with idiag_states@4, id@8; inet_diag_sockid 48 with idiag_src@4,
/// idiag_dst@20, idiag_if@36, idiag_cookie@40; inet_diag_msg 72.
class DiagTest {
    private static final String MESSAGE = "00".repeat(72);

    @Test
    void asked_by_both_ends() {
        ByteBuffer question = ByteBuffer.allocate(DiagRequest.BYTES);
        DiagRequest.write(new InetSocketAddress("192.0.2.1", 4433), new InetSocketAddress("192.0.2.2", 0x8001), 7, question);
        assertEquals(("48000000 1400 0100 07000000 00000000" + "02 06 02 00 ffffffff"
            + "1151 8001 c0000201 00000000 00000000 00000000 c0000202 00000000 00000000 00000000 00000000 ffffffff ffffffff")
            .replace(" ", ""), Memory.hex(question.flip()));
    }

    @Test
    void asked_of_ipv6() {
        ByteBuffer question = ByteBuffer.allocate(DiagRequest.BYTES);
        DiagRequest.write(new InetSocketAddress("2001:db8::1", 1), new InetSocketAddress("2001:db8::2", 2), 1, question);
        assertEquals(("0a 06 02 00 ffffffff 0001 0002 20010db8000000000000000000000001 20010db8000000000000000000000002 00000000"
            + " ffffffff ffffffff").replace(" ", ""),
            Memory.hex(question.flip().position(16)));
    }

    @Test
    void tls_in_the_card() throws Malformed {
        String tls = "0600 0100 0303 0000" + "0600 0200 3300 0000" + "0600 0300 0300 0000" + "0600 0400 0200 0000";
        assertEquals(new DiagAnswer(5, 0, "tls", Optional.of(new Tls(0x0303, 51, 3, 2))),
            read(5, "0500 0800 0000 0000" + "3000 1300" + "0800 0100 746c7300" + "2400 0200" + tls));
    }

    @Test
    void a_nested_flag_and_unknown_attributes_do_not_matter() throws Malformed {
        String tls = "0600 0300 0200 0000" + "0400 0500" + "0600 0400 0100 0000";
        assertEquals(Optional.of(new Tls(-1, -1, 2, 1)), read(1, "1c00 1380" + "1800 0280" + tls).tls());
    }

    @Test
    void no_tls() throws Malformed {
        assertEquals(new DiagAnswer(1, 0, "", Optional.empty()), read(1, ""));
        assertEquals(new DiagAnswer(1, 0, "mptcp", Optional.empty()), read(1, "1000 1300" + "0a00 0100 6d70 7463 7000 0000"));
    }

    @Test
    void refused() throws Malformed {
        assertEquals(new DiagAnswer(9, 2, "", Optional.empty()),
            DiagAnswer.read(Memory.bytes("24000000 0200 0000 09000000 00000000" + "feffffff" + "00".repeat(16))));
        assertEquals(1, DiagAnswer.read(Memory.bytes("24000000 0200 0000 09000000 00000000" + "ffffffff" + "00".repeat(16))).errno());
    }

    @Test
    void names_of_what_is_done() {
        assertEquals("none sw hw hw-record unknown unknown unknown",
            String.join(" ", SockDiag.how(1), SockDiag.how(2), SockDiag.how(3), SockDiag.how(4), SockDiag.how(5), SockDiag.how(0),
            SockDiag.how(-1)));
    }

    @Test
    void what_is_not_laid_out_like_that_is_named() {
        assertEquals("a netlink message of 3 bytes", malformed("000000"));
        assertEquals("a netlink message that says 255 bytes, in 16", malformed("ff000000 1400 0000 00000000 00000000"));
        assertEquals("a netlink message of type 3 and 16 bytes", malformed("10000000 0300 0000 00000000 00000000"));
        assertEquals("attribute 19 of 9 bytes where 4 are left", malformed("5c000000 1400 0000 00000000 00000000" + MESSAGE + "0900 1300"));
        assertEquals("attribute 1 of 3 bytes where 4 are left", malformed("5c000000 1400 0000 00000000 00000000" + MESSAGE + "0300 0100"));
        assertEquals("attribute 3 is no number",
            malformed("64000000 1400 0000 00000000 00000000" + MESSAGE + "0c00 1300 0800 0200 0400 0300"));
    }

    @Test
    void no_bytes_break_the_parser() {
        var random = new Random(20261122);
        int answers = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[88 + random.nextInt(60)];
            ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 88; at < bytes.length; at++) bytes[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(32));
            message.putInt(0, random.nextInt(10) == 0 ? random.nextInt() : bytes.length)
                .putShort(4, (short) (random.nextInt(20) == 0 ? random.nextInt() : 20));
            try {
                DiagAnswer.read(message);
                answers++;
            } catch (Malformed named) {
                assertTrue(!named.getMessage().isEmpty());
            }
        }
        assertTrue(answers > 10, "found " + answers);
    }

    private static String malformed(String hex) {
        return assertThrows(Malformed.class, () -> DiagAnswer.read(Memory.bytes(hex))).getMessage();
    }

    private static DiagAnswer read(int sequence, String attributes) throws Malformed {
        int length = 88 + Memory.bytes(attributes).limit();
        return DiagAnswer.read(Memory.bytes("%02x000000 1400 0000 %02x000000 00000000".formatted(length, sequence) + MESSAGE + attributes));
    }
}
