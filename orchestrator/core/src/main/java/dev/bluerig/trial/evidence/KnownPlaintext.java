package dev.bluerig.trial.evidence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// The pair's payload, recognised wherever a piece of it stands. It is cut from a tile of SplitMix64's numbers of the seed (docs/pair-protocol.md, *Payload*), and
/// SplitMix64 can be run backwards: any eight bytes tell by themselves whether, and where, they stand in the tile. So nothing is stored and every offset is tried.
public final class KnownPlaintext {
    /// Eight bytes alone would be found by chance in one of ten million captures; so many are not.
    public static final int SHORTEST = 16;

    static final int TILE = 5 << 20;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long FIRST = 0xBF58476D1CE4E5B9L;
    private static final long SECOND = 0x94D049BB133111EBL;
    private static final long GOLDEN_BACK = inverse(GOLDEN);
    private static final long FIRST_BACK = inverse(FIRST);
    private static final long SECOND_BACK = inverse(SECOND);

    private final long seed;

    public KnownPlaintext(long seed) {
        this.seed = seed;
    }

    /// `length` bytes of `where` from `offset` on are those of the tile from `position` on.
    public record Found(int offset, int length, int position) {}

    /// The first piece of at least `SHORTEST` bytes.
    public Optional<Found> in(ByteBuffer where) {
        ByteBuffer bytes = where.slice().order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + Long.BYTES <= bytes.limit(); at++) {
            int position = position(bytes.getLong(at));
            if (position < 0) continue;
            Found found = grown(bytes, at, position);
            if (found.length() >= SHORTEST) return Optional.of(found);
        }
        return Optional.empty();
    }

    private Found grown(ByteBuffer bytes, int at, int position) {
        int before = 0;
        while (before < at && before < position && bytes.get(at - before - 1) == octet(position - before - 1)) before++;
        int after = Long.BYTES;
        while (at + after < bytes.limit() && position + after < TILE && bytes.get(at + after) == octet(position + after)) after++;
        return new Found(at - before, before + after, position - before);
    }

    byte octet(int position) {
        return (byte) (mixed(seed + GOLDEN * (position / Long.BYTES + 1)) >>> Byte.SIZE * (position % Long.BYTES));
    }

    /// Where in the tile these eight bytes stand, -1 when nowhere.
    private int position(long word) {
        long number = (unmixed(word) - seed) * GOLDEN_BACK;
        return number >= 1 && number <= TILE / Long.BYTES ? (int) (number - 1) * Long.BYTES : -1;
    }

    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * FIRST;
        mixed = (mixed ^ (mixed >>> 27)) * SECOND;
        return mixed ^ (mixed >>> 31);
    }

    private static long unmixed(long mixed) {
        long number = (mixed ^ (mixed >>> 31) ^ (mixed >>> 62)) * SECOND_BACK;
        number = (number ^ (number >>> 27) ^ (number >>> 54)) * FIRST_BACK;
        return number ^ (number >>> 30) ^ (number >>> 60);
    }

    /// Of an odd number, modulo 2^64, by Newton's method: each step doubles the bits that are right, and the first three are.
    private static long inverse(long odd) {
        long inverse = odd;
        for (int bits = 3; bits < Long.SIZE; bits *= 2) inverse *= 2 - odd * inverse;
        return inverse;
    }
}
