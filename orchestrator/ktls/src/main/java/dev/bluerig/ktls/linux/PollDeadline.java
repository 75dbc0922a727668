package dev.bluerig.ktls.linux;

import java.time.Duration;

/// When waiting ends.
record PollDeadline(long nanoTime) {
    private static final Duration LONGEST = Duration.ofDays(365);

    static PollDeadline in(Duration limit) {
        return new PollDeadline(System.nanoTime() + (limit.compareTo(LONGEST) < 0 ? limit : LONGEST).toNanos());
    }

    /// What is left, for poll(2): rounded up, so that what is over is over.
    int milliseconds() {
        long left = nanoTime - System.nanoTime();
        return left <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
    }
}
