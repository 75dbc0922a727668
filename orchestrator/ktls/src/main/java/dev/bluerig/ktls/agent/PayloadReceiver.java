package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.PayloadPattern;
import dev.bluerig.protocol.Role;
import java.nio.ByteBuffer;

/// Compares the payload of one connection with what its sender must have sent.
final class PayloadReceiver {
    static final int SAMPLED = 4 << 10;
    static final int OF = 256 << 10;

    private final PayloadPattern pattern;
    private final Role sender;
    private final int connection;
    private final boolean everyByte;
    private final ByteCounter counter;
    private long offset;

    PayloadReceiver(PayloadPattern pattern, Role sender, int connection, boolean everyByte, ByteCounter counter) {
        this.pattern = pattern;
        this.sender = sender;
        this.connection = connection;
        this.everyByte = everyByte;
        this.counter = counter;
    }

    long offset() {
        return offset;
    }

    /// Takes all bytes between position and limit, which stay as they are, as the next ones of the stream.
    void take(ByteBuffer got) throws PairFailed {
        counter.begin();
        int count = got.remaining();
        for (int at = 0; at < count; ) at += everyByte ? compare(got, at, count - at) : sample(got, at, count - at);
        if (everyByte) counter.digest(got.duplicate());
        counter.moved(count);
    }

    private int sample(ByteBuffer got, int at, int most) throws PairFailed {
        int place = (int) (offset % OF);
        if (place < SAMPLED) return compare(got, at, Math.min(most, SAMPLED - place));
        int skipped = Math.min(most, OF - place);
        offset += skipped;
        return skipped;
    }

    private int compare(ByteBuffer got, int at, int most) throws PairFailed {
        int count = Math.min(most, PayloadPattern.run(offset));
        ByteBuffer wanted = pattern.slice(pattern.position(sender, connection, offset), count);
        ByteBuffer found = got.slice(got.position() + at, count);
        int differs = found.mismatch(wanted);
        if (differs >= 0)
            throw new PairFailed(AgentCode.DATA_DIFFERS, "connection " + connection + ", byte " + (offset + differs)
                + " of the payload: wanted "
            + hex(wanted, differs) + ", found " + hex(found, differs));
        offset += count;
        counter.checked(count);
        return count;
    }

    private static String hex(ByteBuffer bytes, int from) {
        var text = new StringBuilder();
        for (int i = from; i < Math.min(bytes.limit(), from + 8); i++) text.append(String.format("%02x", bytes.get(i)));
        return text.toString();
    }
}
