package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Keys;
import java.nio.ByteBuffer;

/// Makes records of one direction in the program, as a kernel would make them.
public final class RecordSealer {
    public RecordSealer(Keys keys) {
        throw new UnsupportedOperationException("not yet " + keys);
    }

    /// Seals all of `content`, at most 16384 bytes, as one record of this type.
    public void seal(int type, ByteBuffer content, ByteBuffer into) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Number of the next record.
    public long sequence() {
        throw new UnsupportedOperationException("not yet");
    }
}
