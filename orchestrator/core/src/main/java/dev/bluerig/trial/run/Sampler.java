package dev.bluerig.trial.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Looks at temperatures and flows now and then while payload flows, without holding up whoever drives the programs.
final class Sampler {
    private static final double SECONDS = 10;

    private final PairObserver look;
    private final List<FutureTask<PairSnapshot>> looks = new ArrayList<>();
    private double next = 1;

    Sampler(PairObserver look) {
        this.look = look;
    }

    /// Payload has flowed for so long.
    synchronized void tick(double seconds) {
        if (seconds < next || !looks.isEmpty() && !looks.getLast().isDone()) return;
        next = seconds + SECONDS;
        var task = new FutureTask<>(() -> look.now(true));
        looks.add(task);
        Thread.ofVirtual().start(task);
    }

    /// What was seen. A host that was lost meanwhile is told by whoever asks next.
    synchronized List<PairSnapshot> over() {
        var seen = new ArrayList<PairSnapshot>();
        for (var task : looks) {
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
