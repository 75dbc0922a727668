package dev.bluerig.sim.agent;

import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.secure.RecordSealer;
import java.nio.ByteBuffer;

/// The sending direction of a connection whose keys the kernel has.
final class SendDirection {
    static final int LONGEST = RecordSealer.LONGEST;

    private final RecordKeys keys;
    private final TlsContext context;
    private final RecordSealer sealer;
    private final ByteBuffer sealed;

    SendDirection(RecordKeys keys, TlsContext context) {
        this.keys = keys;
        this.context = context;
        this.sealer = new RecordSealer(keys);
        this.sealed = ByteBuffer.allocateDirect(LONGEST + sealer.overhead());
    }

    RecordKeys keys() {
        return keys;
    }

    TlsContext context() {
        return context;
    }

    /// Valid until the next record.
    ByteBuffer seal(int type, ByteBuffer content) {
        sealed.clear();
        synchronized (sealer) {
            sealer.seal(type, content, sealed);
        }
        return sealed.flip();
    }

    long sequence() {
        synchronized (sealer) {
            return sealer.sequence();
        }
    }
}
