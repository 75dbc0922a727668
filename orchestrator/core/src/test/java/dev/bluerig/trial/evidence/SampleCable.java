package dev.bluerig.trial.evidence;

import dev.bluerig.fact.Pcap;
import dev.bluerig.protocol.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What the connections of a run would put onto a cable: real bytes of a capture, with records of noise or of payload in clear.
public final class SampleCable {
    static final byte[] SERVER = {(byte) 192, 0, 2, 1};
    static final byte[] CLIENT = {(byte) 192, 0, 2, 2};
    static final int PORT = 47000;

    private final Random random;
    private final Pcap pcap;

    public SampleCable(long seed, Pcap pcap) {
        this.random = new Random(seed);
        this.pcap = pcap;
    }

    byte[] record(int type, byte[] content) {
        return ByteBuffer.allocate(5 + content.length).put((byte) type).put((byte) 3).put((byte) 3).putShort((short) content.length)
            .put(content).array();
    }

    byte[] sealed(int length) {
        return record(RecordScanner.APPLICATION_DATA, KnownPlaintextTest.noise(random, length));
    }

    static byte[] together(List<byte[]> parts) {
        ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }

    /// A handshake, and records of 16,413 bytes on the wire.
    public byte[] stream(int records) {
        var parts =
            new ArrayList<byte[]>(List.of(record(0x16, KnownPlaintextTest.noise(random, 300)), record(0x14, new byte[] {1}),
            record(0x16, KnownPlaintextTest.noise(random, 40)), sealed(40)));
        for (int i = 0; i < records; i++) parts.add(sealed(16_408));
        return together(parts);
    }

    /// In segments of so many bytes.
    public void sends(Role sender, int clientPort, int firstSequence, byte[] stream, int segment) {
        for (int at = 0; at < stream.length; at += segment)
            segment(sender, clientPort, firstSequence + at, ByteBuffer.wrap(stream, at, Math.min(segment, stream.length - at)));
    }

    void segment(Role sender, int clientPort, int sequence, ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        boolean server = sender == Role.SERVER;
        pcap.packet(Pcap.frame(List.of(), server ? SERVER : CLIENT, server ? PORT : clientPort, server ? CLIENT : SERVER,
            server ? clientPort : PORT, sequence, bytes));
    }

    public byte[] bytes() {
        return pcap.bytes();
    }
}
