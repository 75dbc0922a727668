package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.Connection.Received;
import dev.bluerig.ktls.SystemFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.function.Function;

/// The receiving direction of a connection. Always recvmsg(2) with room for a control message: a plain read that meets a control record
/// fails with EIO.
final class Receiver {
    private static final int APPLICATION_DATA = 23; // RFC 8446, 5.1
    private static final int TLS_GET_RECORD_TYPE = 2; // linux/tls.h

    private final SystemCalls calls;
    private final MessageHeader header;

    Receiver(Arena arena, Function<Arena, SystemCalls> source) {
        calls = source.apply(arena);
        header = new MessageHeader(arena);
    }

    synchronized Received receive(int descriptor, ByteBuffer into) throws SystemFailure {
        if (!into.isDirect() || !into.hasRemaining()) throw new IllegalArgumentException("wanted a direct buffer with room, found " + into);
        while (true) {
            header.roomFor(MemorySegment.ofBuffer(into));
            long count = calls.recvmsg(descriptor, header.segment(), 0);
            Reference.reachabilityFence(into);
            if (count == -Errno.EINTR) continue;
            int bytes = (int) Errno.checked("recvmsg", count);
            int type = header.recordType(TLS_GET_RECORD_TYPE);
            if (bytes == 0 && type == APPLICATION_DATA) continue; // an empty record is not the end
            into.position(into.position() + bytes);
            if (type >= 0) return new Received(type, bytes);
            return new Received(APPLICATION_DATA, bytes == 0 ? -1 : bytes);
        }
    }
}
