package dev.bluerig.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The bytes that all payload is cut from: a pattern of 5 MiB of pseudo-random numbers made from the seed. A chunk of 4 MiB of a stream
/// is a window of the pattern, and where the window begins is a mix of seed, sender, connection and the number of the chunk; so nothing is
/// computed or copied per byte, and bytes in the wrong place do not fit.
public final class PayloadPattern {
    public static final int CHUNK = 4 << 20;
    private static final int BEGINNINGS = 1 << 20;
    /// Of the pattern.
    public static final int BYTES = CHUNK + BEGINNINGS;

    private final long seed;
    private final ByteBuffer bytes;

    public PayloadPattern(long seed) {
        this.seed = seed;
        ByteBuffer fresh = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < BYTES; i += Long.BYTES) fresh.putLong(i, SplitMix64.number(seed, i / Long.BYTES));
        bytes = fresh.asReadOnlyBuffer();
    }

    /// All of it, to make a file of.
    public ByteBuffer whole() {
        return bytes.duplicate();
    }

    /// Where in the pattern the payload at this offset of a stream lies; it goes on from there for `run(offset)` bytes.
    public int position(Role sender, int connection, long offset) {
        long chunk = offset / CHUNK;
        long of = SplitMix64.mix(SplitMix64.mix(seed ^ SplitMix64.GOLDEN) + number(sender) + 1);
        long window = SplitMix64.mix(SplitMix64.mix(of + SplitMix64.GOLDEN * connection) + SplitMix64.GOLDEN * chunk);
        return (int) (window & (BEGINNINGS - 1)) + (int) (offset % CHUNK);
    }

    private static int number(Role sender) {
        return switch (sender) {
            case SERVER -> 0;
            case CLIENT -> 1;
        };
    }

    public static int run(long offset) {
        return CHUNK - (int) (offset % CHUNK);
    }

    public ByteBuffer slice(int position, int length) {
        return bytes.slice(position, length);
    }

    /// One byte of a seed's pattern, without making the pattern.
    public static byte octet(long seed, int position) {
        return (byte) (SplitMix64.number(seed, position / Long.BYTES) >>> Byte.SIZE * (position % Long.BYTES));
    }

    /// Where in a seed's pattern these eight bytes (little endian) stand, -1 when nowhere.
    public static int find(long seed, long word) {
        long index = SplitMix64.index(seed, word);
        return index >= 0 && index < BYTES / Long.BYTES ? (int) index * Long.BYTES : -1;
    }
}
