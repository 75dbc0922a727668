package dev.bluerig.ktls.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Netlink attributes by type: `struct nlattr` {u16 length with these four bytes, u16 type}, value, padding to four (linux/netlink.h).
record NetlinkAttributes(Map<Integer, ByteBuffer> values) {
    private static final int HEADER = 4;
    private static final int TYPE = 0x3fff; // NLA_TYPE_MASK: without the bits for nested and network order

    static NetlinkAttributes in(ByteBuffer from) throws DiagAnswer.Malformed {
        ByteBuffer bytes = from.slice().order(ByteOrder.nativeOrder());
        var values = new HashMap<Integer, ByteBuffer>();
        int at = 0;
        while (bytes.limit() - at >= HEADER) {
            int length = Short.toUnsignedInt(bytes.getShort(at));
            int type = bytes.getShort(at + 2) & TYPE;
            if (length < HEADER || length > bytes.limit() - at)
                throw new DiagAnswer.Malformed("attribute " + type + " of " + length + " bytes where " + (bytes.limit() - at)
                    + " are left");
            values.put(type, bytes.slice(at + HEADER, length - HEADER).order(ByteOrder.nativeOrder()));
            at += length + 3 & ~3;
        }
        return new NetlinkAttributes(values);
    }

    Optional<ByteBuffer> of(int type) {
        return Optional.ofNullable(values.get(type));
    }

    /// Those inside this attribute; none when it is not there.
    NetlinkAttributes nested(int type) throws DiagAnswer.Malformed {
        ByteBuffer value = values.get(type);
        return value == null ? new NetlinkAttributes(Map.of()) : in(value);
    }

    /// A u16; -1 when it is not there.
    int number(int type) throws DiagAnswer.Malformed {
        ByteBuffer value = values.get(type);
        if (value == null) return -1;
        if (value.limit() < 2) throw new DiagAnswer.Malformed("attribute " + type + " is no number");
        return Short.toUnsignedInt(value.getShort(0));
    }
}
