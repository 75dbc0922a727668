package dev.bluerig.trial.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// A clock that stands still until a test moves it, so that a slow machine makes nobody late.
final class ManualClock implements WaitClock {
    private final AtomicLong now = new AtomicLong();
    private volatile long step;

    void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /// From now on so much time passes in about a millisecond, as long as somebody waits.
    void runs(Duration time) {
        step = time.toNanos();
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void await(Condition changed, long nanos) {
        try {
            changed.await(1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("nobody interrupts a test", interrupted);
        }
        now.addAndGet(step);
    }
}
