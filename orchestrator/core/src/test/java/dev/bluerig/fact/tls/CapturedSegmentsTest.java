package dev.bluerig.fact.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Pcap;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Reply;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Capture files in all shapes that tcpdump writes, and what is none.
class CapturedSegmentsTest {
    private static final byte[] A = {(byte) 192, 0, 2, 1};
    private static final byte[] B = {(byte) 192, 0, 2, 2};
    private static final byte[] SIX = new byte[] {(byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final byte[] SIX_B = new byte[] {(byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};

    private static byte[] text(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String content(CapturedSegments.Segment segment) {
        var bytes = new byte[segment.content().limit()];
        segment.content().get(0, bytes);
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void both_byte_orders_and_both_clocks() {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN))
            for (int magic : new int[] {0xa1b2c3d4, 0xa1b23c4d}) {
                var capture = CapturedSegments.parse(new Pcap(order, magic, 9216)
                    .packet(Pcap.frame(List.of(), A, 40000, B, 47000, -2, text("hello"))).bytes());
                var segment = capture.segments().getFirst();
                assertEquals(List.of("192.0.2.1", 40000, "192.0.2.2", 47000, 4294967294L, 5, "hello"),
                    List.of(segment.source(), segment.sourcePort(), segment.destination(), segment.destinationPort(), segment.sequence(),
                    segment.length(), content(segment)));
            }
    }

    @Test
    void ipv6_and_tags() {
        for (var tags : List.of(List.<Integer>of(), List.of(7), List.of(5, 6))) {
            var capture = CapturedSegments.parse(Pcap.usual().packet(Pcap.frame(tags, SIX, 1, SIX_B, 2, 3, text("six")))
                .packet(Pcap.frame(tags, A, 1, B, 2, 3, text("four"))).bytes());
            assertEquals(List.of("fd00::1 six", "192.0.2.1 four"),
                capture.segments().stream().map(segment -> segment.source() + " " + content(segment)).toList());
        }
    }

    @Test
    void what_the_snap_length_cut_is_counted_and_not_there() {
        var segment = CapturedSegments.parse(new Pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 100)
            .packet(Pcap.frame(List.of(), A, 1, B, 2, 3, new byte[60_000])).bytes()).segments().getFirst();
        assertEquals(60_000, segment.length());
        assertEquals(100 - 66, segment.content().limit());
    }

    @Test
    void padding_is_no_payload_and_a_bare_acknowledgement_no_segment() {
        byte[] padded = Arrays.copyOf(Pcap.frame(List.of(), A, 1, B, 2, 3, text("ab")), 90);
        var capture = CapturedSegments.parse(Pcap.usual().packet(padded)
            .packet(Arrays.copyOf(Pcap.frame(List.of(), A, 1, B, 2, 3, new byte[0]), 80)).bytes());
        assertEquals(List.of("ab"), capture.segments().stream().map(CapturedSegmentsTest::content).toList());
        assertEquals(1, capture.others());
    }

    @Test
    void a_datagram_too_big_for_its_length_field_goes_to_the_end_of_the_frame() {
        byte[] big = Pcap.frame(List.of(), A, 1, B, 2, 3, new byte[500]);
        big[16] = 0;
        big[17] = 0;
        assertEquals(500, CapturedSegments.parse(Pcap.usual().packet(big).bytes()).segments().getFirst().length());
    }

    @Test
    void the_last_packet_may_be_cut_off() {
        byte[] file = Pcap.usual().packet(Pcap.frame(List.of(), A, 1, B, 2, 3, text("one")))
            .packet(Pcap.frame(List.of(), A, 1, B, 2, 6, text("two"))).bytes();
        assertEquals(1, CapturedSegments.parse(Arrays.copyOf(file, file.length - 1)).segments().size());
        assertEquals(2, CapturedSegments.parse(file).segments().size());
    }

    @Test
    void what_is_no_capture_is_unknown_with_the_reason() {
        assertEquals("no capture: 3 bytes", assertThrows(IllegalArgumentException.class, () -> CapturedSegments.parse(text("abc")))
            .getMessage());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> CapturedSegments.parse(new byte[30])).getMessage()
            .startsWith("no capture: it begins with 0"));
        byte[] cooked = Pcap.usual().bytes();
        cooked[20] = 113;
        assertEquals("a capture of link type 113, wanted Ethernet (1)",
            assertThrows(IllegalArgumentException.class, () -> CapturedSegments.parse(cooked)).getMessage());
        byte[] endless = Pcap.usual().packet(new byte[20]).bytes();
        endless[35] = 0x7f;
        assertTrue(assertThrows(IllegalArgumentException.class, () -> CapturedSegments.parse(endless)).getMessage()
            .startsWith("packet 1 at byte 24 of the capture claims "));
        var reading = ((Inquiry.Ask<CapturedSegments>) new CapturedSegments.Seen("/run/x.pcap").read()).then()
            .apply(List.of(new Reply.Ran(0, "not base64!", "")));
        assertTrue(reading instanceof Reading.Unknown<CapturedSegments>, reading.toString());
    }

    @Test
    void the_file_comes_as_base64() {
        byte[] file = Pcap.usual().packet(Pcap.frame(List.of(), A, 1, B, 2, 3, text("one"))).bytes();
        var ask = (Inquiry.Ask<CapturedSegments>) new CapturedSegments.Seen("/run/x.pcap").read();
        assertEquals("base64 -w 0 /run/x.pcap", ask.commands().getFirst().line());
        assertEquals(1,
            ((Reading.Known<CapturedSegments>) ask.then().apply(List.of(new Reply.Ran(0, Base64.getEncoder().encodeToString(file), ""))))
            .value().segments().size());
    }

    /// Whatever bytes come, they are a capture or a reason, never anything else.
    @Test
    void damaged_captures_never_break_the_reader() {
        var random = new Random(9);
        var frames =
            new ArrayList<byte[]>(List.of(Pcap.frame(List.of(5, 6), SIX, 1, SIX_B, 2, 3, text("six")),
            Pcap.frame(List.of(), A, 1, B, 2, 3, text("four")), new byte[0], new byte[13]));
        for (int round = 0; round < 20_000; round++) {
            var pcap = Pcap.usual();
            frames.forEach(pcap::packet);
            byte[] file = pcap.bytes();
            for (int i = 0; i < 1 + random.nextInt(4); i++)
                file[(round % 10 == 0 ? 0 : 24) + random.nextInt(file.length - 24)] = (byte) random.nextInt();
            try {
                CapturedSegments.parse(Arrays.copyOf(file, random.nextBoolean() ? file.length : random.nextInt(file.length)));
            } catch (IllegalArgumentException told) {
                assertTrue(!told.getMessage().isEmpty());
            }
        }
    }
}
