package dev.bluerig.trial.evidence;

import dev.bluerig.fact.tls.CapturedSegments.Segment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// TLS records in what was captured of one direction of one connection. From each header the next one is known; where a gap hides it,
/// records go on at a place that is a whole number of the last record's length further, or where one plausible header follows another.
final class RecordScanner {
    private static final int HEADER = 5;
    private static final int OLDEST_TYPE = 0x14;
    static final int APPLICATION_DATA = 0x17;
    /// TLSCiphertext is at most 2^14 + 2048 bytes (RFC 5246, 6.2.3).
    private static final int LONGEST = (1 << 14) + 2048;

    /// `at`: distance from the first byte of the stream that was seen.
    private record Chunk(long at, ByteBuffer bytes) {
        long end() {
            return at + bytes.limit();
        }
    }

    private long expected;
    private long last;
    private int lastLength;
    private long records;
    private long others;
    private long sealed;

    private RecordScanner() {}

    /// `records`: of application data. `sealed`: bytes of theirs that were captured.
    record Seen(long records, long others, long sealed) {}

    static Seen of(Collection<Segment> segments) {
        var walk = new RecordScanner();
        for (Chunk run : runs(segments)) walk.run(run);
        return new Seen(walk.records, walk.others, walk.sealed);
    }

    /// What is contiguous, joined. Bytes that came twice count once.
    private static List<Chunk> runs(Collection<Segment> segments) {
        var pieces = new ArrayList<Chunk>();
        long origin = segments.stream().findFirst().map(Segment::sequence).orElse(0L);
        // sequence numbers wrap; a capture is far shorter than half of their range
        for (Segment segment : segments) pieces.add(new Chunk((int) (segment.sequence() - origin), segment.content()));
        pieces.sort(Comparator.comparingLong(Chunk::at));
        var runs = new ArrayList<Chunk>();
        for (int i = 0; i < pieces.size(); ) {
            int to = i + 1;
            long end = pieces.get(i).end();
            while (to < pieces.size() && pieces.get(to).at() <= end) end = Math.max(end, pieces.get(to++).end());
            runs.add(joined(pieces.subList(i, to), end));
            i = to;
        }
        long first = runs.isEmpty() ? 0 : runs.getFirst().at();
        return runs.stream().map(run -> new Chunk(run.at() - first, run.bytes())).toList();
    }

    private static Chunk joined(List<Chunk> pieces, long end) {
        long from = pieces.getFirst().at();
        ByteBuffer all = ByteBuffer.allocate((int) (end - from));
        for (Chunk piece : pieces) {
            int known = all.position();
            int skip = (int) (from + known - piece.at());
            if (skip < piece.bytes().limit()) all.put(piece.bytes().slice(skip, piece.bytes().limit() - skip));
        }
        return new Chunk(from, all.flip());
    }

    private void run(Chunk run) {
        ByteBuffer bytes = run.bytes();
        int at = begin(run);
        while (at >= 0 && at + HEADER <= bytes.limit()) {
            if (!plausible(bytes, at)) {
                at = search(run, at);
                continue;
            }
            int length = length(bytes, at);
            count(bytes.get(at), Math.min(length, bytes.limit() - at - HEADER));
            last = run.at() + at;
            lastLength = HEADER + length;
            expected = last + lastLength;
            at += lastLength;
        }
    }

    private void count(int type, int kept) {
        if (type == APPLICATION_DATA) {
            records++;
            sealed += kept;
        } else {
            others++;
        }
    }

    /// Where the first header of a run is; -1 when none is to be found.
    private int begin(Chunk run) {
        if (expected >= run.at() && expected + HEADER <= run.end() && plausible(run.bytes(), (int) (expected - run.at())))
            return (int) (expected - run.at());
        return search(run, 0);
    }

    private int search(Chunk run, int from) {
        ByteBuffer bytes = run.bytes();
        for (int at = from; at + HEADER <= bytes.limit(); at++)
            if (plausible(bytes, at) && (followed(bytes, at) || inStep(run.at() + at))) return at;
        return -1;
    }

    private static boolean followed(ByteBuffer bytes, int at) {
        int next = at + HEADER + length(bytes, at);
        return next + HEADER <= bytes.limit() && plausible(bytes, next);
    }

    private boolean inStep(long at) {
        return lastLength > 0 && at > last && (at - last) % lastLength == 0;
    }

    private static boolean plausible(ByteBuffer bytes, int at) {
        int type = bytes.get(at);
        int minor = bytes.get(at + 2);
        boolean version = bytes.get(at + 1) == 3 && (minor == 3 || minor == 1 && type != APPLICATION_DATA);
        return type >= OLDEST_TYPE && type <= APPLICATION_DATA && version && length(bytes, at) >= 1 && length(bytes, at) <= LONGEST;
    }

    private static int length(ByteBuffer bytes, int at) {
        return bytes.getShort(at + 3) & 0xffff;
    }
}
