package dev.bluerig.trial.agent;

import java.util.concurrent.locks.Condition;

/// The time that the driver of a pair waits by: that of this machine, or one that a test moves.
interface WaitClock {
    /// Nanoseconds since some moment.
    long nanos();

    /// Waits once under the condition's lock, for so long at most; an interrupt ends the wait early, but does not make it fail.
    void await(Condition changed, long nanos);

    /// The clock of this machine.
    static WaitClock system() {
        return new WaitClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void await(Condition changed, long nanos) {
                boolean interrupted = Thread.interrupted();
                try {
                    changed.awaitNanos(nanos);
                } catch (InterruptedException early) {
                    interrupted = true;
                } finally {
                    if (interrupted) Thread.currentThread().interrupt();
                }
            }
        };
    }
}
