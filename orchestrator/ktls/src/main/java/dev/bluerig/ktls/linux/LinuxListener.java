package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.Network.Listener;
import dev.bluerig.ktls.SystemFailure;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// A listening socket. It does not block itself: a connection that goes between poll(2) and accept4(2) must not hold the caller past its
/// limit.
final class LinuxListener implements Listener {
    private static final int SOCK_CLOEXEC = 0x80000; // asm-generic/fcntl.h; the accepted socket blocks (accept(2))

    private final Function<Arena, SystemCalls> calls;
    private final InetSocketAddress address;
    private final Descriptor descriptor;

    LinuxListener(int number, Function<Arena, SystemCalls> calls, InetSocketAddress address) {
        this.calls = calls;
        this.address = address;
        descriptor = new Descriptor(number, calls, () -> {});
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Optional<Connection> accept(Duration limit) throws SystemFailure {
        PollDeadline deadline = PollDeadline.in(limit);
        return descriptor.use("accept4", number -> accept(number, deadline));
    }

    private Optional<Connection> accept(int number, PollDeadline deadline) throws SystemFailure {
        try (Arena arena = Arena.ofConfined()) {
            SystemCalls now = calls.apply(arena);
            while (Polling.until(deadline, now, arena, number, Polling.POLLIN)) {
                int accepted = now.accept4(number, SOCK_CLOEXEC);
                if (gone(accepted)) continue;
                return Optional.of(LinuxConnection.of((int) Errno.checked("accept4", accepted), calls));
            }
            return Optional.empty();
        }
    }

    /// Nothing there any more; the next may come.
    private static boolean gone(int result) {
        return result == -Errno.EAGAIN || result == -Errno.EINTR || result == -Errno.ECONNABORTED;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
