package dev.bluerig.trial.evidence;

import dev.bluerig.protocol.PayloadPattern;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// The pair's payload, recognised wherever a piece of it stands: any eight bytes tell by themselves whether, and where, they stand in the
/// pattern that it is cut from (`PayloadPattern.find`). So nothing is stored and every offset is tried.
public final class KnownPlaintext {
    /// Eight bytes alone would be found by chance in one of ten million captures; so many are not.
    public static final int SHORTEST = 16;

    static final int PATTERN = PayloadPattern.BYTES;

    private final long seed;

    public KnownPlaintext(long seed) {
        this.seed = seed;
    }

    /// `length` bytes of `where` from `offset` on are those of the pattern from `position` on.
    public record Found(int offset, int length, int position) {}

    /// The first piece of at least `SHORTEST` bytes.
    public Optional<Found> in(ByteBuffer where) {
        ByteBuffer bytes = where.slice().order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + Long.BYTES <= bytes.limit(); at++) {
            int position = PayloadPattern.find(seed, bytes.getLong(at));
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
        while (at + after < bytes.limit() && position + after < PATTERN && bytes.get(at + after) == octet(position + after)) after++;
        return new Found(at - before, before + after, position - before);
    }

    byte octet(int position) {
        return PayloadPattern.octet(seed, position);
    }
}
