package dev.bluerig.ktls.program;

import dev.bluerig.ktls.secure.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The bytes that all payload is cut from: 5 MiB of pseudo-random numbers made from the seed. A stretch of 4 MiB of a stream is a window of the tile, and where the
/// window begins is a mix of seed, sender, connection and the number of the stretch; so nothing is computed or copied per byte, and bytes in the wrong place do not fit.
final class PayloadPattern {
    static final int STRETCH = 4 << 20;
    private static final int BEGINNINGS = 1 << 20;
    static final int BYTES = STRETCH + BEGINNINGS;

    private final long seed;
    private final ByteBuffer bytes;

    PayloadPattern(long seed) {
        this.seed = seed;
        ByteBuffer fresh = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < BYTES; i += Long.BYTES) fresh.putLong(i, mix(seed + GOLDEN * (i / Long.BYTES + 1)));
        bytes = fresh.asReadOnlyBuffer();
    }

    /// All of it, to make a file of.
    ByteBuffer whole() {
        return bytes.duplicate();
    }

    /// Where in the tile the payload at this offset of a stream lies; it goes on from there for `run(offset)` bytes.
    int position(Role sender, int connection, long offset) {
        long stretch = offset / STRETCH;
        long mixed = mix(mix(mix(seed ^ GOLDEN) + sender.ordinal() + 1) + GOLDEN * connection) + GOLDEN * stretch;
        return (int) (mix(mixed) & (BEGINNINGS - 1)) + (int) (offset % STRETCH);
    }

    static int run(long offset) {
        return STRETCH - (int) (offset % STRETCH);
    }

    ByteBuffer slice(int position, int length) {
        return bytes.slice(position, length);
    }

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /// The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014; constants by Stafford, variant 13).
    static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
