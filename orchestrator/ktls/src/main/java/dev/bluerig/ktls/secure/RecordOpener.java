package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.protocol.AgentCode;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/// Opens the records of one direction in the agent, just as a kernel with these keys would. Not for several threads at once.
public final class RecordOpener {
    /// The longest record: header and 2^14 + 256 bytes (RFC 8446 5.2; RFC 5246 6.2.3 allows more, which no cipher here needs).
    public static final int LONGEST = RecordLayout.HEADER + RecordSealer.LONGEST + 256;

    private final RecordLayout shape;
    private final byte[] sealed = new byte[LONGEST];
    private final byte[] plain = new byte[LONGEST];

    public RecordOpener(RecordKeys keys) {
        shape = new RecordLayout(keys);
    }

    /// Number of the next record.
    public long sequence() {
        return shape.sequence();
    }

    /// Bytes of the record that starts at the buffer's position, header included; -1 when its header is not complete. `RECORD_CORRUPT` when
    /// no record starts so: after the handshake every header says 3.3, whatever the version (RFC 8446 5.1).
    public int length(ByteBuffer bytes) throws PairFailed {
        if (bytes.remaining() < RecordLayout.HEADER) return -1;
        int at = bytes.position();
        int type = bytes.get(at) & 0xff;
        int length = RecordLayout.HEADER + (bytes.getShort(at + 3) & 0xffff);
        boolean known = type >= RecordType.CHANGE_CIPHER_SPEC && type <= RecordType.PAYLOAD
            && bytes.getShort(at + 1) == RecordLayout.LEGACY_VERSION;
        if (!known || length > LONGEST)
            throw corrupt("it has no header of a record of at most " + LONGEST + " bytes: type " + type + ", length " + length);
        return length;
    }

    /// The most content that a record of this length can have.
    public int content(int length) {
        return Math.max(0, length - shape.overhead());
    }

    /// Opens the whole record that the buffer holds, header included, and returns its type; `into` has room for its content.
    /// `RECORD_CORRUPT` when it is not what the peer sealed next; then nothing is written.
    public int open(ByteBuffer record, ByteBuffer into) throws PairFailed {
        int length = record.remaining();
        if (length != length(record)) throw corrupt(length + " bytes are not one record");
        if (length < shape.overhead()) throw corrupt("it is shorter than any record of this cipher: " + length + " bytes");
        if (shape.usedUp()) throw corrupt("the numbers of records are used up");
        record.get(sealed, 0, length);
        int outer = sealed[0];
        if (shape.tls13() && outer != RecordType.PAYLOAD) throw corrupt("it is not protected: type " + outer);
        int opened = decrypt(outer, length);
        int type = outer;
        if (shape.tls13()) {
            while (opened > 0 && plain[opened - 1] == 0) opened--;
            if (opened == 0) throw corrupt("it has no type inside");
            type = plain[--opened] & 0xff;
        }
        if (opened > RecordSealer.LONGEST) throw corrupt("its content has " + opened + " bytes");
        into.put(plain, 0, opened);
        shape.next();
        return type;
    }

    private int decrypt(int outer, int length) throws PairFailed {
        int start = RecordLayout.HEADER + shape.explicit();
        int authenticated = shape.tls13() ? length - RecordLayout.HEADER : length - shape.overhead();
        try {
            return shape.ready(javax.crypto.Cipher.DECRYPT_MODE, outer, authenticated, sealed, RecordLayout.HEADER)
                .doFinal(sealed, start, length - start, plain, 0);
        } catch (GeneralSecurityException wrong) {
            throw corrupt("its tag is wrong");
        }
    }

    private PairFailed corrupt(String why) {
        return new PairFailed(AgentCode.RECORD_CORRUPT, "record " + Long.toUnsignedString(shape.sequence()) + " cannot be opened: " + why);
    }
}
