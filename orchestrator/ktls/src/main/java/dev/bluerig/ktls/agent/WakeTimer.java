package dev.bluerig.ktls.agent;

import java.time.Duration;

/// A moment to wait for, of a clock that never goes back.
final class WakeTimer {
    private static final long FAR = Duration.ofDays(365).toNanos();

    private boolean on;
    private long at;

    void in(Duration time) {
        on = true;
        at = System.nanoTime() + time.toNanos();
    }

    /// So much after it rang last, however late that was noticed.
    void again(Duration time) {
        at += time.toNanos();
    }

    void off() {
        on = false;
    }

    boolean on() {
        return on;
    }

    boolean rang() {
        return left() <= 0;
    }

    /// Nanoseconds.
    long left() {
        return on ? at - System.nanoTime() : FAR;
    }
}
