package dev.bluerig.fact.tls;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.remote.Command;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// TCP segments with payload in a capture file of tcpdump, in the order in which they were seen (pcap-savefile(5)).
///
/// - `packets`: all that the file holds. `others`: those of them that are no TCP segment with payload: fragments, other protocols.
public record CapturedSegments(List<Segment> segments, int packets, int others) {
    public CapturedSegments {
        segments = List.copyOf(segments);
    }

    /// - `sequence`: of its first byte, 0..2^32-1. `length`: payload on the wire. `content`: what of it was kept; less where the snap
    ///   length cut it.
    public record Segment(String source, int sourcePort, String destination, int destinationPort, long sequence, int length,
        ByteBuffer content) {
        public Segment {
            content = content.slice().asReadOnlyBuffer();
        }
    }

    /// The file travels as base64, for a reply is text.
    public record Seen(String file) implements Fact.Question<CapturedSegments> {
        @Override
        public Inquiry<CapturedSegments> read() {
            return Inquiry.parse(Command.of("base64", "-w", "0", file).within(Duration.ofSeconds(120)),
                text -> parse(Base64.getDecoder().decode(text.strip())));
        }
    }

    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    /// LINKTYPE_ETHERNET: what every uplink is.
    private static final int ETHERNET = 1;
    /// No snap length is longer (tcpdump(8): 262144).
    private static final int LONGEST = 1 << 18;

    /// Throws `IllegalArgumentException` when the bytes are no such file. A last packet that was cut off, as by a full disk or a signal, is
    /// left out.
    public static CapturedSegments parse(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (file.length < FILE_HEADER) throw new IllegalArgumentException("no capture: " + file.length + " bytes");
        bytes.order(order(bytes.getInt(0)));
        int link = bytes.getInt(20) & 0xffff;
        if (link != ETHERNET) throw new IllegalArgumentException("a capture of link type " + link + ", wanted Ethernet (" + ETHERNET + ")");
        var segments = new ArrayList<Segment>();
        int packets = 0;
        for (int at = FILE_HEADER; at + PACKET_HEADER <= file.length; packets++) {
            int kept = bytes.getInt(at + 8);
            if (kept < 0 || kept > LONGEST)
                throw new IllegalArgumentException("packet " + (packets + 1) + " at byte " + at + " of the capture claims " + kept
                    + " bytes");
            if (at + PACKET_HEADER + kept > file.length) break;
            EthernetFrame.segment(bytes.slice(at + PACKET_HEADER, kept)).ifPresent(segments::add);
            at += PACKET_HEADER + kept;
        }
        return new CapturedSegments(segments, packets, packets - segments.size());
    }

    /// Whoever wrote it used his own byte order.
    private static ByteOrder order(int magic) {
        if (magic == MICROSECONDS || magic == NANOSECONDS) return ByteOrder.BIG_ENDIAN;
        if (Integer.reverseBytes(magic) == MICROSECONDS || Integer.reverseBytes(magic) == NANOSECONDS) return ByteOrder.LITTLE_ENDIAN;
        throw new IllegalArgumentException("no capture: it begins with " + Integer.toHexString(magic));
    }
}
