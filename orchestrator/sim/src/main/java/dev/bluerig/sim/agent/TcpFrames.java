package dev.bluerig.sim.agent;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// What a connection's stream looks like on a cable: Ethernet frames of TCP segments with time stamps, no larger than the MTU.
final class TcpFrames {
    private static final int TCP = 32;

    private final InetSocketAddress source;
    private final InetSocketAddress destination;
    private int sequence = 1;

    TcpFrames(InetSocketAddress source, InetSocketAddress destination) {
        this.source = source;
        this.destination = destination;
    }

    /// So many bytes went by unseen.
    void pass(int bytes) {
        sequence += bytes;
    }

    /// The bytes that follow in the stream; `into` takes each frame.
    void of(ByteBuffer stream, int mtu, Consumer<byte[]> into) {
        ByteBuffer left = stream.duplicate();
        while (left.hasRemaining()) {
            int count = Math.min(left.remaining(), TcpSegments.largest(mtu));
            into.accept(frame(left.slice(left.position(), count)));
            left.position(left.position() + count);
        }
    }

    private byte[] frame(ByteBuffer payload) {
        byte[] from = source.getAddress().getAddress();
        byte[] to = destination.getAddress().getAddress();
        int tcp = TCP + payload.remaining();
        boolean v6 = from.length == 16;
        ByteBuffer frame = ByteBuffer.allocate(14 + (v6 ? 40 : 20) + tcp).put(new byte[12]).putShort((short) (v6 ? 0x86dd : 0x0800));
        if (v6) frame.putInt(6 << 28).putShort((short) tcp).put((byte) 6).put((byte) 64);
        else frame.put((byte) 0x45).put((byte) 0).putShort((short) (20 + tcp)).putInt(0).put((byte) 64).put((byte) 6).putShort((short) 0);
        frame.put(from).put(to).putShort((short) source.getPort()).putShort((short) destination.getPort()).putInt(sequence).putInt(0)
            .put((byte) (TCP / 4 << 4)).put((byte) 0x18).putShort((short) 500).putInt(0).put(new byte[12]);
        sequence += payload.remaining();
        return frame.put(payload.duplicate()).array();
    }
}
