package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.SystemFailure;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A socket that may be closed while other threads are in calls on it. Its number is given back to the kernel by the last one out: a number
/// that is closed under a call may be another file by the time the call reads it.
final class Descriptor {
    /// What is done with the number.
    @FunctionalInterface
    interface Work<T> {
        T with(int number) throws SystemFailure;
    }

    private static final int SHUT_RDWR = 2; // sys/socket.h
    private static final int CLOSED = 1 << 31;

    private final int number;
    private final Function<Arena, SystemCalls> calls;
    private final Runnable afterwards;
    private final AtomicInteger users = new AtomicInteger(); // and the sign: closed

    Descriptor(int number, Function<Arena, SystemCalls> calls, Runnable afterwards) {
        this.number = number;
        this.calls = calls;
        this.afterwards = afterwards;
    }

    /// Every failure of a call that was ended by `close` is EBADF, whatever the kernel said.
    <T> T use(String call, Work<T> work) throws SystemFailure {
        enter(call);
        try {
            return work.with(number);
        } catch (SystemFailure failure) {
            mustBeOpen(failure.call());
            throw failure;
        } finally {
            if (users.decrementAndGet() == CLOSED) giveBack();
        }
    }

    void mustBeOpen(String call) throws SystemFailure {
        if (users.get() < 0) throw new SystemFailure(call, Errno.name(Errno.EBADF));
    }

    private void enter(String call) throws SystemFailure {
        while (true) {
            int seen = users.get();
            if (seen < 0) mustBeOpen(call);
            if (users.compareAndSet(seen, seen + 1)) return;
        }
    }

    /// Without calls in flight closes at once; else shutdown(2) ends them, also one that has not reached the kernel yet.
    void close() {
        int before = users.getAndUpdate(seen -> seen | CLOSED);
        if (before == 0) giveBack();
        if (before > 0) shutDown();
    }

    /// The number cannot be reused under this call: it is counted as one.
    private void shutDown() {
        while (true) {
            int seen = users.get();
            if (seen == CLOSED) return;
            if (users.compareAndSet(seen, seen + 1)) break;
        }
        try (Arena arena = Arena.ofConfined()) {
            calls.apply(arena).shutdown(number, SHUT_RDWR);
        } finally {
            if (users.decrementAndGet() == CLOSED) giveBack();
        }
    }

    private void giveBack() {
        try (Arena arena = Arena.ofConfined()) {
            calls.apply(arena).close(number);
        } finally {
            afterwards.run();
        }
    }
}
