package dev.bluerig.ktls.linux;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Looks at memory as the kernel would.
final class Memory {
    private Memory() {}

    @SuppressWarnings("restricted")
    static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    static String hex(MemorySegment segment) {
        return hex(segment.asByteBuffer());
    }

    static String hex(ByteBuffer bytes) {
        var raw = new byte[bytes.remaining()];
        bytes.duplicate().get(raw);
        return HexFormat.of().formatHex(raw);
    }

    /// Hex digits; blanks between them are for people.
    static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }
}
