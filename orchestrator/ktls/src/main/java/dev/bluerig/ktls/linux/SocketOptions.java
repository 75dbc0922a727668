package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.bluerig.ktls.RecordKeys;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.Cipher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Options of one socket; numbers from asm-generic/socket.h, linux/in6.h, linux/tcp.h, linux/tls.h.
record SocketOptions(SystemCalls calls, Arena arena, int descriptor) {
    static final int TLS_TX = 1;
    static final int TLS_RX = 2;

    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_ERROR = 4;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_INFO = 11;
    private static final int TCP_ULP = 31;
    private static final int TCP_ULP_NAME_MAX = 16;
    private static final int SOL_TLS = 282;
    private static final int TLS_TX_ZEROCOPY_RO = 3;
    private static final int TCPI_TOTAL_RETRANS = 100; // offset in struct tcp_info

    /// A port whose last connections are in TIME_WAIT can be listened on (socket(7)).
    void reuseAddress() throws SystemFailure {
        set("setsockopt SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR, 1);
    }

    /// IPv6 means IPv6: no connection of the other family under a mapped address (ipv6(7)).
    void onlyV6() throws SystemFailure {
        set("setsockopt IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY, 1);
    }

    /// A handshake of many small writes does not wait for acknowledgements (tcp(7)).
    void withoutDelay() throws SystemFailure {
        set("setsockopt TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY, 1);
    }

    /// 0, or the errno of a connect that was waited for (connect(2), EINPROGRESS).
    int error() throws SystemFailure {
        return get("getsockopt SO_ERROR", SOL_SOCKET, SO_ERROR, 4).get(JAVA_INT, 0);
    }

    void attachTls() throws SystemFailure {
        byte[] name = "tls".getBytes(StandardCharsets.US_ASCII);
        MemorySegment value = arena.allocate(name.length).copyFrom(MemorySegment.ofArray(name));
        Errno.checked("setsockopt TCP_ULP", calls.setsockopt(descriptor, IPPROTO_TCP, TCP_ULP, value, name.length));
    }

    /// The name of the upper layer protocol, empty without one. Needs no capability.
    String upperLayer() throws SystemFailure {
        byte[] name = get("getsockopt TCP_ULP", IPPROTO_TCP, TCP_ULP, TCP_ULP_NAME_MAX).toArray(JAVA_BYTE);
        return new String(name, StandardCharsets.US_ASCII).replaceFirst("\0.*", "");
    }

    /// `direction`: TLS_TX or TLS_RX. The copy that the kernel reads is wiped.
    void keys(int direction, RecordKeys keys) throws SystemFailure {
        MemorySegment info = arena.allocate(CryptoInfo.bytes(keys.cipher()), 8);
        try {
            CryptoInfo.write(keys, info.asByteBuffer());
            Errno.checked("setsockopt " + name(direction), calls.setsockopt(descriptor, SOL_TLS, direction, info, (int) info.byteSize()));
        } finally {
            info.fill((byte) 0);
        }
    }

    void zeroCopy() throws SystemFailure {
        set("setsockopt TLS_TX_ZEROCOPY_RO", SOL_TLS, TLS_TX_ZEROCOPY_RO, 1);
    }

    /// The number of the next record; -1 when the kernel holds no keys of this direction (EBUSY), or cannot tell (ENOPROTOOPT).
    /// The kernel wants the exact size for the cipher, so it is asked for the cipher first.
    long sequence(int direction) throws SystemFailure {
        MemorySegment length = arena.allocateFrom(JAVA_INT, CryptoInfo.HEADER);
        MemorySegment header = arena.allocate(CryptoInfo.HEADER, 4);
        int status = calls.getsockopt(descriptor, SOL_TLS, direction, header, length);
        if (status == -Errno.EBUSY || status == -Errno.ENOPROTOOPT) return -1;
        Errno.checked("getsockopt " + name(direction), status);
        Optional<Cipher> cipher =
            KernelNumbers.cipher(Short.toUnsignedInt(header.asByteBuffer().order(ByteOrder.nativeOrder()).getShort(2)));
        if (cipher.isEmpty()) return -1;
        MemorySegment info = get("getsockopt " + name(direction), SOL_TLS, direction, CryptoInfo.bytes(cipher.get()));
        try {
            return CryptoInfo.sequence(info.asByteBuffer());
        } finally {
            info.fill((byte) 0);
        }
    }

    long retransmits() throws SystemFailure {
        MemorySegment info = get("getsockopt TCP_INFO", IPPROTO_TCP, TCP_INFO, TCPI_TOTAL_RETRANS + 4);
        if (info.byteSize() < TCPI_TOTAL_RETRANS + 4)
            throw new SystemFailure("getsockopt TCP_INFO", "EMSGSIZE", "the kernel gave " + info.byteSize() + " bytes");
        return Integer.toUnsignedLong(info.get(JAVA_INT, TCPI_TOTAL_RETRANS));
    }

    private static String name(int direction) {
        return direction == TLS_TX ? "TLS_TX" : "TLS_RX";
    }

    private void set(String call, int level, int name, int value) throws SystemFailure {
        Errno.checked(call, calls.setsockopt(descriptor, level, name, arena.allocateFrom(JAVA_INT, value), 4));
    }

    /// As many bytes as the kernel gave.
    private MemorySegment get(String call, int level, int name, int most) throws SystemFailure {
        MemorySegment value = arena.allocate(most, 8);
        MemorySegment length = arena.allocateFrom(JAVA_INT, most);
        Errno.checked(call, calls.getsockopt(descriptor, level, name, value, length));
        return value.asSlice(0, length.get(JAVA_INT, 0));
    }
}
