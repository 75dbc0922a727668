package dev.bluerig.trial.agent;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// One immutable value that several threads replace and wait for.
final class SharedState<S> {
    private final WaitClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private S state;

    /// Gives the next state, at a time of the clock.
    interface Transition<S> {
        S of(S state, long now);
    }

    SharedState(WaitClock clock, S first) {
        this.clock = clock;
        this.state = first;
    }

    S now() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /// Returns the new state.
    S change(Transition<S> change) {
        lock.lock();
        try {
            state = change.of(state, clock.nanos());
            changed.signalAll();
            return state;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until it is so, or time is up, and returns the state of then.
    S await(Predicate<S> wanted, Duration patience) {
        lock.lock();
        try {
            long until = clock.nanos() + patience.toNanos();
            for (long left = patience.toNanos(); left > 0 && !wanted.test(state); left = until - clock.nanos()) clock.await(changed, left);
            return state;
        } finally {
            lock.unlock();
        }
    }
}
