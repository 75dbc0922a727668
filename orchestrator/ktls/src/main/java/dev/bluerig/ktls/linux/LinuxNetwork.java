package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// TCP and kernel TLS of this machine. An IPv6 address listens to IPv6 alone; TCP_NODELAY is on.
public final class LinuxNetwork implements Network {
    // asm-generic/socket.h, linux/net.h, asm-generic/fcntl.h
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000; // the commands that the agent runs at its end get none of its sockets
    private static final int F_SETFL = 4;

    private final Function<Arena, SystemCalls> calls;

    public LinuxNetwork() {
        this(NativeAccess.calls());
    }

    LinuxNetwork(Function<Arena, SystemCalls> calls) {
        this.calls = calls;
    }

    /// What is done with a socket that is not yet anybody's.
    @FunctionalInterface
    private interface SocketSetup<T> {
        T of(SystemCalls now, Arena arena, int number) throws SystemFailure;
    }

    @Override
    public Listener listen(InetSocketAddress address, int backlog) throws SystemFailure {
        return withSocket(address, (now, arena, number) -> {
            var options = new SocketOptions(now, arena, number);
            options.reuseAddress();
            if (SocketAddress.family(address) == SocketAddress.AF_INET6) options.onlyV6();
            bind(now, arena, number, address);
            Errno.checked("listen", now.listen(number, backlog));
            return new LinuxListener(number, calls, SocketNames.local(now, arena, number));
        });
    }

    @Override
    public Connection connect(Optional<InetSocketAddress> local, InetSocketAddress peer, Duration limit) throws SystemFailure {
        PollDeadline deadline = PollDeadline.in(limit);
        int number = withSocket(peer, (now, arena, socket) -> {
            if (local.isPresent()) bind(now, arena, socket, local.get());
            connect(now, arena, socket, peer, deadline);
            Errno.checked("fcntl F_SETFL", now.fcntl(socket, F_SETFL, 0));
            return socket;
        });
        return LinuxConnection.of(number, calls);
    }

    /// connect(2), EINPROGRESS: writable when it is over, SO_ERROR says how.
    private static void connect(SystemCalls now, Arena arena, int number, InetSocketAddress peer, PollDeadline deadline)
        throws SystemFailure {
        MemorySegment address = SocketAddress.in(arena, peer);
        int status = now.connect(number, address, (int) address.byteSize());
        if (status != -Errno.EINPROGRESS && status != -Errno.EINTR) Errno.checked("connect", status);
        if (!Polling.until(deadline, now, arena, number, Polling.POLLOUT))
            throw new SystemFailure("connect", "ETIMEDOUT", "no answer within the limit");
        Errno.checked("connect", -new SocketOptions(now, arena, number).error());
    }

    private static void bind(SystemCalls now, Arena arena, int number, InetSocketAddress address) throws SystemFailure {
        MemorySegment wanted = SocketAddress.in(arena, address);
        Errno.checked("bind", now.bind(number, wanted, (int) wanted.byteSize()));
    }

    /// A new socket that does not block; closed again when the work with it fails.
    private <T> T withSocket(InetSocketAddress address, SocketSetup<T> making) throws SystemFailure {
        try (Arena arena = Arena.ofConfined()) {
            SystemCalls now = calls.apply(arena);
            int number = (int) Errno.checked("socket",
                now.socket(SocketAddress.family(address), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
            boolean made = false;
            try {
                T done = making.of(now, arena, number);
                made = true;
                return done;
            } finally {
                if (!made) now.close(number);
            }
        }
    }
}
