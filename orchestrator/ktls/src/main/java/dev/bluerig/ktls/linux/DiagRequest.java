package dev.bluerig.ktls.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The question for one socket by its two ends: `struct nlmsghdr` (16 bytes, linux/netlink.h) and `struct inet_diag_req_v2` (56,
/// linux/inet_diag.h).
final class DiagRequest {
    static final int BYTES = 72;

    private static final short SOCK_DIAG_BY_FAMILY = 20; // linux/sock_diag.h
    private static final short NLM_F_REQUEST = 1; // linux/netlink.h
    private static final byte IPPROTO_TCP = 6;
    /// 1 << (INET_DIAG_INFO - 1): without asking for tcp_info, the kernel leaves out the upper layer, too (net/ipv4/inet_diag.c; seen on
    /// 6.1).
    private static final byte WITH_INFO = 1 << 1;
    private static final int ALL = -1; // states; and INET_DIAG_NOCOOKIE twice

    private DiagRequest() {}

    static void write(InetSocketAddress local, InetSocketAddress peer, int sequence, ByteBuffer into) {
        into.order(ByteOrder.nativeOrder());
        into.putInt(BYTES).putShort(SOCK_DIAG_BY_FAMILY).putShort(NLM_F_REQUEST).putInt(sequence).putInt(0);
        into.put((byte) SocketAddress.family(local)).put(IPPROTO_TCP).put(WITH_INFO).put((byte) 0).putInt(ALL);
        into.order(ByteOrder.BIG_ENDIAN).putShort((short) local.getPort()).putShort((short) peer.getPort());
        address(local.getAddress(), into);
        address(peer.getAddress(), into);
        into.order(ByteOrder.nativeOrder()).putInt(local.getAddress() instanceof Inet6Address v6 ? v6.getScopeId() : 0).putInt(ALL)
            .putInt(ALL);
    }

    /// 16 bytes, the first four for IPv4.
    private static void address(InetAddress address, ByteBuffer into) {
        byte[] bytes = address.getAddress();
        into.put(bytes).put(new byte[16 - bytes.length]);
    }
}
