package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Keys;
import java.nio.ByteBuffer;

/// Opens records of one direction in the program, as a kernel would open them.
public final class RecordOpener {
    public RecordOpener(Keys keys) {
        throw new UnsupportedOperationException("not yet " + keys);
    }

    /// Opens the whole record that the buffer holds, header included, and returns its type; `RECORD_CORRUPT` when it is not what the peer sealed.
    public int open(ByteBuffer record, ByteBuffer into) throws PairFailed {
        throw new UnsupportedOperationException("not yet");
    }

    /// Number of the next record.
    public long sequence() {
        throw new UnsupportedOperationException("not yet");
    }
}
