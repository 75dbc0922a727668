package dev.bluerig.protocol;

/// The generator of the payload (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014; constants by Stafford,
/// variant 13). It can be run backwards: a number tells which one of a seed it is.
public final class SplitMix64 {
    static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long FIRST = 0xBF58476D1CE4E5B9L;
    private static final long SECOND = 0x94D049BB133111EBL;
    private static final long GOLDEN_BACK = inverse(GOLDEN);
    private static final long FIRST_BACK = inverse(FIRST);
    private static final long SECOND_BACK = inverse(SECOND);

    private SplitMix64() {}

    /// The finalizer.
    public static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * FIRST;
        mixed = (mixed ^ (mixed >>> 27)) * SECOND;
        return mixed ^ (mixed >>> 31);
    }

    static long unmix(long mixed) {
        long number = (mixed ^ (mixed >>> 31) ^ (mixed >>> 62)) * SECOND_BACK;
        number = (number ^ (number >>> 27) ^ (number >>> 54)) * FIRST_BACK;
        return number ^ (number >>> 30) ^ (number >>> 60);
    }

    /// The number at this index, from 0.
    static long number(long seed, long index) {
        return mix(seed + GOLDEN * (index + 1));
    }

    /// Where the number stands: every number stands somewhere in the 2^64 of a seed.
    static long index(long seed, long number) {
        return (unmix(number) - seed) * GOLDEN_BACK - 1;
    }

    /// Of an odd number, modulo 2^64, by Newton's method: each step doubles the bits that are right, and the first three are.
    private static long inverse(long odd) {
        long inverse = odd;
        for (int bits = 3; bits < Long.SIZE; bits *= 2) inverse *= 2 - odd * inverse;
        return inverse;
    }
}
