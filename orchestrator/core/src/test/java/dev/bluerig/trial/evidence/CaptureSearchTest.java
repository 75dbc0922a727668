package dev.bluerig.trial.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Pcap;
import dev.bluerig.fact.tls.CapturedSegments;
import dev.bluerig.protocol.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Records are followed and payload in clear is found, however the stream was cut.
class CaptureSearchTest {
    private static final KnownPlaintext PAYLOAD = new KnownPlaintext(42);
    private static final CaptureSearch SEARCH = new CaptureSearch("192.0.2.1", SampleCable.PORT, "192.0.2.2", PAYLOAD);

    private final SampleCable cable = new SampleCable(1, Pcap.usual());

    private CaptureResult.SenderCapture way(Role sender) {
        return way(cable, sender);
    }

    private static CaptureResult.SenderCapture way(SampleCable cable, Role sender) {
        return SEARCH.of(CapturedSegments.parse(cable.bytes())).stream().filter(way -> way.sender() == sender).findFirst().orElseThrow();
    }

    @Test
    void every_record_of_a_whole_stream_is_counted_in_any_segments() {
        for (int segment : new int[] {3, 536, 1448, 8948}) {
            var whole = new SampleCable(7, Pcap.usual());
            whole.sends(Role.SERVER, 40000, -5000, whole.stream(20), segment);   // sequence numbers wrap on the way
            whole.sends(Role.SERVER, 40001, 9, whole.stream(3), segment);
            var way = way(whole, Role.SERVER);
            assertEquals(List.of(2, 25L, 6L, 0L), List.of(way.connections(), way.records(), way.handshakes(), way.leaks()),
                "segments of " + segment);
            assertEquals(23 * 16_408 + 2 * 40, way.sealed());
            assertEquals(0, way(whole, Role.CLIENT).segments());
        }
    }

    @Test
    void repeated_and_disordered_segments_change_nothing() {
        byte[] stream = cable.stream(10);
        var random = new Random(4);
        var places = new java.util.ArrayList<Integer>();
        for (int at = 0; at < stream.length; at += 1448) places.add(at);
        for (int i = 0; i < 20; i++) places.add(places.get(random.nextInt(places.size())));
        java.util.Collections.shuffle(places.subList(1, places.size()), random);
        for (int at : places) cable.segment(Role.CLIENT, 40000, at, ByteBuffer.wrap(stream, at, Math.min(1448, stream.length - at)));
        assertEquals(List.of(11L, 3L), List.of(way(Role.CLIENT).records(), way(Role.CLIENT).handshakes()));
    }

    @Test
    void records_are_found_again_behind_gaps_and_where_segments_are_longer_than_what_is_kept() {
        byte[] stream = cable.stream(200);
        for (int at = 0; at < stream.length; at += 8948)
            if (at % 5 != 0 || at == 0)
                cable.segment(Role.SERVER, 40000, at, ByteBuffer.wrap(stream, at, Math.min(8948, stream.length - at)));
        assertTrue(way(Role.SERVER).records() > 150, way(Role.SERVER).toString());
        var cut = new SampleCable(2, new Pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 9216));
        cut.sends(Role.SERVER, 40000, 0, stream, 64_000);
        var way = way(cut, Role.SERVER);
        assertTrue(way.records() >= 25 && way.lost() > 2_000_000, way.toString());
        assertTrue(way.sealed() > 100_000 && way.sealed() <= way.bytes(), way.toString());
    }

    @Test
    void one_record_in_clear_among_two_hundred_is_found() {
        byte[] stream = cable.stream(200);
        System.arraycopy(KnownPlaintextTest.piece(PAYLOAD, 1_234_567, 16_384), 0, stream, 100 * 16_413 + 500, 16_384);
        cable.sends(Role.CLIENT, 40000, 77, stream, 1448);
        var way = way(Role.CLIENT);
        assertTrue(way.leaks() >= 11 && way.leaks() <= 13, way.toString());
        assertTrue(way.leak().contains("192.0.2.2:40000 to 192.0.2.1:47000, sequence number "), way.leak());
        assertEquals(0, way(Role.SERVER).leaks());
    }

    @Test
    void what_was_sent_again_in_clear_is_found_although_it_was_sealed_before() {
        byte[] stream = cable.stream(3);
        cable.sends(Role.SERVER, 40000, 0, stream, 1448);
        cable.segment(Role.SERVER, 40000, 14_480, ByteBuffer.wrap(KnownPlaintextTest.piece(PAYLOAD, 99, 1448)));
        assertEquals(1, way(Role.SERVER).leaks());
        assertEquals(4, way(Role.SERVER).records());
    }

    @Test
    void plain_tcp_has_no_records_and_is_found() {
        cable.sends(Role.SERVER, 40000, 0, KnownPlaintextTest.piece(PAYLOAD, 3, 100_000), 8948);
        assertEquals(List.of(12L, 0L), List.of(way(Role.SERVER).leaks(), way(Role.SERVER).records()));
    }

    @Test
    void connections_of_others_are_passed_over() {
        var pcap = Pcap.usual();
        pcap.packet(Pcap.frame(List.of(), SampleCable.SERVER, 443, SampleCable.CLIENT, 40000, 1,
            KnownPlaintextTest.piece(PAYLOAD, 0, 100)));
        pcap.packet(Pcap.frame(List.of(), new byte[] {10, 0, 0, 1}, 40000, SampleCable.SERVER, SampleCable.PORT, 1,
            KnownPlaintextTest.piece(PAYLOAD, 0, 100)));
        for (CaptureResult.SenderCapture way : SEARCH.of(CapturedSegments.parse(pcap.bytes()))) assertEquals(0, way.segments());
    }

    @Test
    void noise_has_hardly_a_record() {
        cable.sends(Role.SERVER, 40000, 0, KnownPlaintextTest.noise(new Random(5), 4_000_000), 8948);
        var way = way(Role.SERVER);
        assertTrue(way.records() == 0 && way.leaks() == 0, way.toString());
    }
}
