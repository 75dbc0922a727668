package dev.bluerig.trial.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Things done at the same time, each on a thread of its own; all are over when this returns.
final class Parallel {
    private Parallel() {}

    /// Results in the order of the keys. What one of them throws and is not declared is a defect, and thrown on.
    static <K, V> Map<K, V> all(Map<K, ? extends Callable<V>> work) {
        if (work.size() == 1) return Map.of(work.keySet().iterator().next(), alone(work.values().iterator().next()));
        var results = new LinkedHashMap<K, V>();
        var threads = new LinkedHashMap<K, Future<V>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            work.forEach((key, task) -> threads.put(key, executor.submit(task)));
        }
        var defects = new ArrayList<Throwable>();
        threads.forEach((key, future) -> value(future, defects).forEach(value -> results.put(key, value)));
        if (!defects.isEmpty()) throw new IllegalStateException("a thread of the trial ended without a result", defects.getFirst());
        return results;
    }

    private static <V> V alone(Callable<V> work) {
        try {
            return work.call();
        } catch (RuntimeException defect) {
            throw defect;
        } catch (Exception undeclared) {
            throw new IllegalStateException("the trial ended without a result", undeclared);
        }
    }

    private static <V> List<V> value(Future<V> future, List<Throwable> defects) {
        try {
            return List.of(future.get());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("the executor is closed, so this is done", interrupted);
        } catch (ExecutionException defect) {
            defects.add(defect.getCause());
            return List.of();
        }
    }
}
