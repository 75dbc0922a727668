package dev.bluerig.lab.sim.pair;

import dev.bluerig.ktls.Keys;
import dev.bluerig.ktls.secure.RecordSealer;
import java.nio.ByteBuffer;

/// The sending half of a connection whose keys the kernel has.
final class Sending {
    static final int LONGEST = RecordSealer.LONGEST;

    private final Keys keys;
    private final CardContext context;
    private final RecordSealer sealer;
    private final ByteBuffer sealed;

    Sending(Keys keys, CardContext context) {
        this.keys = keys;
        this.context = context;
        this.sealer = new RecordSealer(keys);
        this.sealed = ByteBuffer.allocateDirect(LONGEST + sealer.overhead());
    }

    Keys keys() {
        return keys;
    }

    CardContext context() {
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
