package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.bluerig.ktls.SystemFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/// Both ends of a socket.
final class SocketNames {
    private SocketNames() {}

    static InetSocketAddress local(SystemCalls calls, Arena arena, int descriptor) throws SystemFailure {
        MemorySegment address = arena.allocate(SocketAddress.MOST, 8);
        Errno.checked("getsockname", calls.getsockname(descriptor, address, arena.allocateFrom(JAVA_INT, SocketAddress.MOST)));
        return SocketAddress.of(address);
    }

    static InetSocketAddress peer(SystemCalls calls, Arena arena, int descriptor) throws SystemFailure {
        MemorySegment address = arena.allocate(SocketAddress.MOST, 8);
        Errno.checked("getpeername", calls.getpeername(descriptor, address, arena.allocateFrom(JAVA_INT, SocketAddress.MOST)));
        return SocketAddress.of(address);
    }
}
