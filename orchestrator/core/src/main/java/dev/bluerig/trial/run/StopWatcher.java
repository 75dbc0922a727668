package dev.bluerig.trial.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Ends what plays when the user stops the run, also while nothing moves that could be asked.
final class StopWatcher implements AutoCloseable {
    private static final long MILLISECONDS = 200;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    StopWatcher(BooleanSupplier stop, Runnable end) {
        this.thread = Thread.ofVirtual().start(() -> {
            if (waited(stop)) end.run();
        });
    }

    private boolean waited(BooleanSupplier stop) {
        try {
            while (!stop.getAsBoolean()) if (over.await(MILLISECONDS, TimeUnit.MILLISECONDS)) return false;
            return true;
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    /// Waits for the end when it has begun.
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
