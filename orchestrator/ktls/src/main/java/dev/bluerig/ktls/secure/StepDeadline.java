package dev.bluerig.ktls.secure;

import dev.bluerig.ktls.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// Closes a connection when a step takes too long: calls on connections block without a limit of their own.
final class StepDeadline implements AutoCloseable {
    private enum Phase { RUNNING, DONE, PASSED }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
    private final Thread watch;

    StepDeadline(Connection connection, Duration limit) {
        watch = Thread.ofVirtual().unstarted(() -> {
            try {
                Thread.sleep(limit);
                if (phase.compareAndSet(Phase.RUNNING, Phase.PASSED)) connection.close();
            } catch (InterruptedException done) {
                // the step ended in time
            }
        });
        watch.start();
    }

    boolean passed() {
        return phase.get() == Phase.PASSED;
    }

    @Override
    public void close() {
        if (phase.compareAndSet(Phase.RUNNING, Phase.DONE)) watch.interrupt();
    }
}
