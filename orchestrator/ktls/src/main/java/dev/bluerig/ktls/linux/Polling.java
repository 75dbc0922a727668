package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.bluerig.ktls.SystemFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// poll(2) of one descriptor until a deadline; `struct pollfd` is {int fd; short events, revents} (asm-generic/poll.h).
final class Polling {
    static final short POLLIN = 1;
    static final short POLLOUT = 4;

    private Polling() {}

    /// Whether something happened, an error or a hang-up too.
    static boolean until(PollDeadline deadline, SystemCalls calls, Arena arena, int descriptor, short events) throws SystemFailure {
        MemorySegment polled = arena.allocate(8, 4);
        polled.set(JAVA_INT, 0, descriptor);
        polled.set(JAVA_SHORT, 4, events);
        while (true) {
            int count = calls.poll(polled, 1, deadline.milliseconds());
            if (count == -Errno.EINTR) continue;
            if (Errno.checked("poll", count) > 0) return true;
            if (deadline.milliseconds() == 0) return false;
        }
    }
}
