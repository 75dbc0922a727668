package dev.bluerig.fact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Writes captures as tcpdump does, packet by packet (pcap-savefile(5)), for tests.
public final class Pcap {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteOrder order;
    private final int snap;

    public Pcap(ByteOrder order, int magic, int snap) {
        this.order = order;
        this.snap = snap;
        file.writeBytes(ByteBuffer.allocate(24).order(order).putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0)
            .putInt(snap).putInt(1).array());
    }

    public static Pcap usual() {
        return new Pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 9216);
    }

    public Pcap packet(byte[] frame) {
        int kept = Math.min(snap, frame.length);
        file.writeBytes(ByteBuffer.allocate(16).order(order).putInt(1).putInt(2).putInt(kept).putInt(frame.length).array());
        file.write(frame, 0, kept);
        return this;
    }

    public byte[] bytes() {
        return file.toByteArray();
    }

    /// `tags`: VLANs, the outer one first. Addresses are octets: four or sixteen.
    public static byte[] frame(List<Integer> tags, byte[] source, int sourcePort, byte[] destination, int destinationPort, int sequence,
        byte[] payload) {
        boolean v6 = source.length == 16;
        int tcp = 32 + payload.length;
        ByteBuffer frame = ByteBuffer.allocate(14 + 4 * tags.size() + (v6 ? 40 : 20) + tcp);
        frame.put(new byte[12]);
        for (int tag : tags) frame.putShort((short) (tags.size() > 1 && tag == tags.getFirst() ? 0x88a8 : 0x8100)).putShort((short) tag);
        frame.putShort((short) (v6 ? 0x86dd : 0x0800));
        if (v6) frame.putInt(6 << 28).putShort((short) tcp).put((byte) 6).put((byte) 64).put(source).put(destination);
        else frame.put((byte) 0x45).put((byte) 0).putShort((short) (20 + tcp)).putInt(0).put((byte) 64).put((byte) 6).putShort((short) 0)
            .put(source).put(destination);
        frame.putShort((short) sourcePort).putShort((short) destinationPort).putInt(sequence).putInt(0).put((byte) (8 << 4))
            .put((byte) 0x18).putShort((short) 500).putInt(0).put(new byte[12]).put(payload);
        return frame.array();
    }
}
