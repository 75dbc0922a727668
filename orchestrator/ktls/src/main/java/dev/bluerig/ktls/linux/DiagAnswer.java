package dev.bluerig.ktls.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the kernel answered of one socket.
///
/// - `sequence`: of the question; `errno`: 0 when there is an answer.
/// - `layer`: the name of the upper layer protocol, empty without one and when the kernel does not tell.
record DiagAnswer(int sequence, int errno, String layer, Optional<Tls> tls) {
    /// Numbers of linux/tls.h, -1 for one that was not told.
    record Tls(int version, int cipher, int transmit, int receive) {}

    /// A message that is not laid out as the headers say.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String what) {
            super(what);
        }
    }

    private static final int NLMSG_ERROR = 2; // linux/netlink.h
    private static final int SOCK_DIAG_BY_FAMILY = 20; // linux/sock_diag.h
    private static final int HEADER = 16; // struct nlmsghdr
    private static final int MESSAGE = 72; // struct inet_diag_msg
    private static final int INET_DIAG_ULP_INFO = 19; // linux/inet_diag.h, and what it holds:
    private static final int INET_ULP_INFO_NAME = 1;
    private static final int INET_ULP_INFO_TLS = 2;
    private static final int TLS_INFO_VERSION = 1; // linux/tls.h, u16 each
    private static final int TLS_INFO_CIPHER = 2;
    private static final int TLS_INFO_TXCONF = 3;
    private static final int TLS_INFO_RXCONF = 4;

    /// The first message in the buffer.
    static DiagAnswer read(ByteBuffer from) throws Malformed {
        ByteBuffer bytes = from.slice().order(ByteOrder.nativeOrder());
        if (bytes.limit() < HEADER) throw new Malformed("a netlink message of " + bytes.limit() + " bytes");
        int length = bytes.getInt(0);
        int type = Short.toUnsignedInt(bytes.getShort(4));
        int sequence = bytes.getInt(8);
        if (length < HEADER || length > bytes.limit())
            throw new Malformed("a netlink message that says " + length + " bytes, in " + bytes.limit());
        if (type == NLMSG_ERROR && length >= HEADER + 4) return new DiagAnswer(sequence, -bytes.getInt(HEADER), "", Optional.empty());
        if (type != SOCK_DIAG_BY_FAMILY || length < HEADER + MESSAGE)
            throw new Malformed("a netlink message of type " + type + " and " + length + " bytes");
        NetlinkAttributes layer = NetlinkAttributes.in(bytes.slice(HEADER + MESSAGE, length - HEADER - MESSAGE)).nested(INET_DIAG_ULP_INFO);
        boolean told = layer.of(INET_ULP_INFO_TLS).isPresent();
        NetlinkAttributes tls = layer.nested(INET_ULP_INFO_TLS);
        Optional<Tls> found = told
            ? Optional.of(new Tls(tls.number(TLS_INFO_VERSION), tls.number(TLS_INFO_CIPHER), tls.number(TLS_INFO_TXCONF),
            tls.number(TLS_INFO_RXCONF)))
            : Optional.empty();
        return new DiagAnswer(sequence, 0, layer.of(INET_ULP_INFO_NAME).map(DiagAnswer::text).orElse(""), found);
    }

    private static String text(ByteBuffer value) {
        return StandardCharsets.US_ASCII.decode(value.duplicate()).toString().replaceFirst("\0.*", "");
    }
}
