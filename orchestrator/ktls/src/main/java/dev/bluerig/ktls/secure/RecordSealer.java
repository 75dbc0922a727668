package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.KeySizes;
import dev.bluerig.ktls.RecordKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/// Makes the records of one direction in the agent, just as a kernel with these keys would. Not for several threads at once.
///
/// Payload is copied through arrays of its own: the JDK's AES-GCM is more than twice as fast from one array to another as on direct buffers
/// or in place.
public final class RecordSealer {
    /// The longest content of a record (RFC 8446 5.1).
    public static final int LONGEST = 1 << 14;

    private final RecordLayout shape;
    private final byte[] plain = new byte[LONGEST + 1];
    private final byte[] sealed;

    public RecordSealer(RecordKeys keys) {
        shape = new RecordLayout(keys);
        sealed = new byte[LONGEST + shape.overhead()];
    }

    /// Bytes that a record is longer than its content.
    public int overhead() {
        return shape.overhead();
    }

    /// Number of the next record.
    public long sequence() {
        return shape.sequence();
    }

    /// Seals all of `content`, 0 to 16384 bytes, as one record of this type. `into` has room for `overhead` more.
    public void seal(int type, ByteBuffer content, ByteBuffer into) {
        int length = content.remaining();
        if (length > LONGEST) throw new IllegalArgumentException("content of " + length + " bytes, a record holds " + LONGEST);
        if (into.remaining() < length + shape.overhead())
            throw new IllegalArgumentException("room for " + into.remaining() + " bytes, a record of " + (length + shape.overhead()));
        if (shape.usedUp()) throw new IllegalStateException("the numbers of records are used up");
        content.get(plain, 0, length);
        try {
            into.put(sealed, 0, seal(type, length));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("could not seal record " + shape.sequence(), impossible);
        }
        shape.next();
    }

    private int seal(int type, int length) throws GeneralSecurityException {
        int inner = length;
        if (shape.tls13()) plain[inner++] = (byte) type;
        int outer = shape.tls13() ? RecordType.PAYLOAD : type;
        int body = shape.explicit() + inner + KeySizes.TAG;
        RecordLayout.header(sealed, 0, outer, body);
        if (shape.explicit() > 0) shape.explicitNonce(sealed, RecordLayout.HEADER);
        shape.ready(javax.crypto.Cipher.ENCRYPT_MODE, outer, shape.tls13() ? body : length, sealed, RecordLayout.HEADER)
            .doFinal(plain, 0, inner, sealed, RecordLayout.HEADER + shape.explicit());
        return RecordLayout.HEADER + body;
    }
}
