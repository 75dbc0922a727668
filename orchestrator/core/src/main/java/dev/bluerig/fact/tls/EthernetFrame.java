package dev.bluerig.fact.tls;

import dev.bluerig.fact.tls.CapturedSegments.Segment;
import dev.bluerig.inventory.Cidr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;

/// One Ethernet frame down to its TCP payload. Whatever is cut, broken or something else is no segment.
final class EthernetFrame {
    private static final int ETHERNET = 14;
    private static final int TAG = 4;
    /// IEEE 802.1Q, 802.1ad, and what older switches used for the outer tag.
    private static final Set<Integer> TAGS = Set.of(0x8100, 0x88a8, 0x9100);
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int TCP = 6;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    /// Hop-by-hop, routing and destination options (RFC 8200, 4).
    private static final Set<Integer> OPTIONS = Set.of(0, 43, 60);

    private final ByteBuffer bytes;

    private EthernetFrame(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.BIG_ENDIAN);
    }

    static Optional<Segment> segment(ByteBuffer bytes) {
        try {
            return new EthernetFrame(bytes).ethernet();
        } catch (IndexOutOfBoundsException cut) {
            return Optional.empty();
        }
    }

    private int word(int at) {
        return bytes.getShort(at) & 0xffff;
    }

    private int octet(int at) {
        return bytes.get(at) & 0xff;
    }

    private Optional<Segment> ethernet() {
        int type = ETHERNET - 2;
        while (TAGS.contains(word(type))) type += TAG;
        int at = type + 2;
        return switch (word(type)) {
            case IPV4 -> ipv4(at);
            case IPV6 -> ipv6(at);
            default -> Optional.empty();
        };
    }

    private Optional<Segment> ipv4(int at) {
        int header = (octet(at) & 0xf) * 4;
        boolean fragment = (word(at + 6) & 0x3fff) != 0;
        if (octet(at) >> 4 != 4 || header < 20 || octet(at + 9) != TCP || fragment) return Optional.empty();
        return tcp(at + header, end(at, word(at + 2)), address(at + 12, 4), address(at + 16, 4));
    }

    private Optional<Segment> ipv6(int at) {
        if (octet(at) >> 4 != 6) return Optional.empty();
        int length = word(at + 4);
        int end = end(at, length == 0 ? 0 : 40 + length);
        int next = octet(at + 6);
        int from = at + 40;
        while (OPTIONS.contains(next) || next == AUTHENTICATION || next == FRAGMENT) {
            if (next == FRAGMENT && (word(from + 2) & 0xfff9) != 0) return Optional.empty();
            int length8 = next == FRAGMENT ? 8 : next == AUTHENTICATION ? (octet(from + 1) + 2) * 4 : (octet(from + 1) + 1) * 8;
            next = octet(from);
            from += length8;
        }
        return next == TCP ? tcp(from, end, address(at + 8, 16), address(at + 24, 16)) : Optional.empty();
    }

    /// Where the datagram ends, which Ethernet may have padded. A length of 0 is one that does not fit its field (BIG TCP).
    private int end(int at, int length) {
        return length == 0 ? bytes.limit() : at + length;
    }

    private Optional<Segment> tcp(int at, int end, String source, String destination) {
        int header = (octet(at + 12) >> 4) * 4;
        int from = at + header;
        if (header < 20 || from >= end || from >= bytes.limit()) return Optional.empty();
        return Optional.of(new Segment(source, word(at), destination, word(at + 2), bytes.getInt(at + 4) & 0xffffffffL, end - from,
            bytes.slice(from, Math.min(end, bytes.limit()) - from)));
    }

    /// In the form that the inventory has.
    private String address(int at, int length) {
        var text = new StringBuilder();
        if (length == 4) for (int i = 0; i < length; i++) text.append(i == 0 ? "" : ".").append(octet(at + i));
        else for (int i = 0; i < length; i += 2) text.append(i == 0 ? "" : ":").append(Integer.toHexString(word(at + i)));
        return new Cidr(text.append(length == 4 ? "/32" : "/128").toString()).address();
    }
}
