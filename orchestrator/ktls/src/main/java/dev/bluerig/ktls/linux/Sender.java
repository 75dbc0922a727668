package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.bluerig.ktls.SystemFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Function;

/// The sending direction of a connection. What is sent by one call is not mixed with another's.
final class Sender {
    private static final int MSG_NOSIGNAL = 0x4000; // linux/socket.h: a peer that is gone is EPIPE, not a signal
    private static final int TLS_SET_RECORD_TYPE = 1; // linux/tls.h
    private static final int MOST_OF_A_RECORD = 16384; // RFC 8446, 5.1
    private static final long MOST_OF_A_FILE = 0x7ffff000; // sendfile(2)

    private final SystemCalls calls;
    private final MessageHeader header;
    private final MemorySegment offset;
    private final SentFile file;

    Sender(Arena arena, Function<Arena, SystemCalls> source) {
        calls = source.apply(arena);
        header = new MessageHeader(arena);
        offset = arena.allocate(JAVA_LONG);
        file = new SentFile(source);
    }

    synchronized void send(int descriptor, ByteBuffer bytes) throws SystemFailure {
        mustBeDirect(bytes);
        while (bytes.hasRemaining()) {
            long count = calls.send(descriptor, MemorySegment.ofBuffer(bytes), bytes.remaining(), MSG_NOSIGNAL);
            if (count != -Errno.EINTR) bytes.position(bytes.position() + (int) Errno.checked("send", count));
        }
    }

    synchronized void sendRecord(int descriptor, int type, ByteBuffer bytes) throws SystemFailure {
        mustBeDirect(bytes);
        int wanted = bytes.remaining();
        if (wanted > MOST_OF_A_RECORD)
            throw new IllegalArgumentException("wanted a record of at most " + MOST_OF_A_RECORD + " bytes, found " + wanted);
        header.record(MemorySegment.ofBuffer(bytes), TLS_SET_RECORD_TYPE, type);
        long count = -Errno.EINTR;
        while (count == -Errno.EINTR) count = calls.sendmsg(descriptor, header.segment(), MSG_NOSIGNAL);
        Reference.reachabilityFence(bytes);
        if (Errno.checked("sendmsg", count) != wanted)
            throw new SystemFailure("sendmsg", "EMSGSIZE", "the kernel took " + count + " of the " + wanted + " bytes of a record");
        bytes.position(bytes.limit());
    }

    /// A peer that is gone raises SIGPIPE here, which the JVM handles; the call fails with EPIPE all the same.
    synchronized void sendFile(int descriptor, Path path, long from, long bytes) throws SystemFailure {
        int source = file.opened(path);
        offset.set(JAVA_LONG, 0, from);
        long left = bytes;
        while (left > 0) {
            long count = calls.sendfile(descriptor, source, offset, Math.min(left, MOST_OF_A_FILE));
            if (count == -Errno.EINTR) continue;
            if (count == 0)
                throw new SystemFailure("sendfile", "ENODATA", path + " ends " + left + " bytes before the " + (from + bytes) + " wanted");
            left -= Errno.checked("sendfile", count);
        }
    }

    synchronized void forgetFile() {
        file.close();
    }

    private static void mustBeDirect(ByteBuffer bytes) {
        if (!bytes.isDirect()) throw new IllegalArgumentException("wanted a direct buffer, found " + bytes);
    }
}
