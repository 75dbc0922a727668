package dev.bluerig.trial.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Looks at temperatures and flows now and then while payload flows, without holding up whoever drives the programs.
final class Sampler {
    private static final double SECONDS = 10;

    private final PairObserver observer;
    private final List<FutureTask<PairSnapshot>> samples = new ArrayList<>();
    private double next = 1;

    Sampler(PairObserver observer) {
        this.observer = observer;
    }

    /// Payload has flowed for so long.
    synchronized void tick(double seconds) {
        if (seconds < next || !samples.isEmpty() && !samples.getLast().isDone()) return;
        next = seconds + SECONDS;
        var task = new FutureTask<>(() -> observer.now(true));
        samples.add(task);
        Thread.ofVirtual().start(task);
    }

    /// What was seen. A host that was lost meanwhile is told by whoever asks next.
    synchronized List<PairSnapshot> over() {
        var seen = new ArrayList<PairSnapshot>();
        for (var task : samples) {
            try {
                seen.add(task.get());
            } catch (ExecutionException lost) {
                if (!(lost.getCause() instanceof HostLost))
                    throw new IllegalStateException("looking while payload flowed failed", lost.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return seen;
            }
        }
        return seen;
    }
}
