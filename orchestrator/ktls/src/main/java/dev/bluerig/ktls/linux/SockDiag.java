package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.Connection.TlsState;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.protocol.TlsVersion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Asks the kernel what it does for one connection (sock_diag(7)). Any process may ask, but without CAP_NET_ADMIN the kernel leaves out
/// what this is about.
record SockDiag(SystemCalls calls, Arena arena) {
    private static final int AF_NETLINK = 16; // linux/socket.h
    private static final int SOCK_RAW = 3; // linux/net.h
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4; // linux/netlink.h
    private static final int ROOM = 8192; // netlink(7): what user space should be ready for
    private static final int SEQUENCE = 1;

    private static final TlsState PLAIN = new TlsState(TlsConf.NONE.text(), TlsConf.NONE.text(), "", "", -1, -1);

    TlsState state(SocketOptions options, InetSocketAddress local, InetSocketAddress peer) throws SystemFailure {
        DiagAnswer answer = ask(local, peer);
        if (answer.errno() != 0) throw new SystemFailure("sock_diag", Errno.name(answer.errno()));
        if (answer.tls().isEmpty()) return plain(options);
        DiagAnswer.Tls tls = answer.tls().get();
        return new TlsState(how(tls.transmit()), how(tls.receive()), version(tls.version()), cipher(tls.cipher()),
            options.sequence(SocketOptions.TLS_TX), options.sequence(SocketOptions.TLS_RX));
    }

    /// The socket itself tells anybody whether TLS is on it, so what is left out is not taken for what is not there.
    private static TlsState plain(SocketOptions options) throws SystemFailure {
        if (options.upperLayer().equals("tls"))
            throw new SystemFailure("sock_diag", "EPERM", "the kernel tells the state of TLS only with CAP_NET_ADMIN");
        return PLAIN;
    }

    /// TLS_CONF_BASE 1, SW 2, HW 3, HW_RECORD 4 (linux/tls.h).
    static String how(int number) {
        return switch (number) {
            case 1 -> TlsConf.NONE.text();
            case 2 -> TlsConf.KERNEL.text();
            case 3 -> TlsConf.CARD.text();
            case 4 -> TlsConf.CARD_RECORD.text();
            default -> "unknown";
        };
    }

    private static String version(int number) {
        return KernelNumbers.version(number).map(TlsVersion::text).orElse(number > 0 ? "%#x".formatted(number) : "");
    }

    private static String cipher(int number) {
        return KernelNumbers.cipher(number).map(Cipher::text).orElse(number > 0 ? "cipher " + number : "");
    }

    private DiagAnswer ask(InetSocketAddress local, InetSocketAddress peer) throws SystemFailure {
        int netlink = (int) Errno.checked("socket NETLINK_SOCK_DIAG", calls.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
        try {
            MemorySegment question = arena.allocate(DiagRequest.BYTES, 8);
            DiagRequest.write(local, peer, SEQUENCE, question.asByteBuffer());
            long sent = -Errno.EINTR;
            while (sent == -Errno.EINTR) sent = calls.send(netlink, question, DiagRequest.BYTES, 0);
            Errno.checked("send sock_diag", sent);
            return answer(netlink);
        } finally {
            calls.close(netlink);
        }
    }

    private DiagAnswer answer(int netlink) throws SystemFailure {
        MemorySegment room = arena.allocate(ROOM, 8);
        while (true) {
            long came = calls.recv(netlink, room, ROOM, 0);
            if (came == -Errno.EINTR) continue;
            ByteBuffer bytes = room.asByteBuffer().limit((int) Errno.checked("recv sock_diag", came));
            try {
                DiagAnswer answer = DiagAnswer.read(bytes);
                if (answer.sequence() == SEQUENCE) return answer;
            } catch (DiagAnswer.Malformed malformed) {
                throw new SystemFailure("sock_diag", "EBADMSG", malformed.getMessage());
            }
        }
    }
}
