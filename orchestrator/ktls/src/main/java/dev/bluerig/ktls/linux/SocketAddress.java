package dev.bluerig.ktls.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// `struct sockaddr_in` (ip(7)) and `struct sockaddr_in6` (ipv6(7)): family in the machine's order, port and address in the network's.
final class SocketAddress {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    /// Room for either.
    static final int MOST = 28;

    private static final int V4_BYTES = 16;

    private SocketAddress() {}

    static int family(InetSocketAddress address) {
        if (address.isUnresolved()) throw new IllegalArgumentException("wanted an address, found a name: " + address.getHostString());
        return address.getAddress() instanceof Inet4Address ? AF_INET : AF_INET6;
    }

    static MemorySegment in(Arena arena, InetSocketAddress address) {
        int family = family(address);
        MemorySegment segment = arena.allocate(family == AF_INET ? V4_BYTES : MOST, 8);
        ByteBuffer bytes = segment.asByteBuffer().order(ByteOrder.nativeOrder()).putShort((short) family).order(ByteOrder.BIG_ENDIAN);
        bytes.putShort((short) address.getPort());
        if (address.getAddress() instanceof Inet6Address v6)
            bytes.putInt(0).put(v6.getAddress()).order(ByteOrder.nativeOrder()).putInt(v6.getScopeId());
        else bytes.put(address.getAddress().getAddress());
        return segment;
    }

    static InetSocketAddress of(MemorySegment segment) {
        ByteBuffer bytes = segment.asByteBuffer().order(ByteOrder.nativeOrder());
        short family = bytes.getShort(0);
        int port = Short.toUnsignedInt(bytes.order(ByteOrder.BIG_ENDIAN).getShort(2));
        var raw = new byte[family == AF_INET ? 4 : 16];
        bytes.get(family == AF_INET ? 4 : 8, raw);
        try {
            int scope = family == AF_INET ? 0 : bytes.order(ByteOrder.nativeOrder()).getInt(24);
            return new InetSocketAddress(scope == 0 ? InetAddress.getByAddress(raw) : Inet6Address.getByAddress("", raw, scope), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
