package dev.bluerig.run;

import dev.bluerig.converge.Mode;
import dev.bluerig.inventory.Machine;
import dev.bluerig.playbook.ResolvedTrial;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialRun;
import dev.bluerig.trial.run.TrialSkip;
import dev.bluerig.trial.spec.PairTrial;
import dev.bluerig.trial.verdict.TrialTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/// One trial of a playbook, its pairs side by side, each machine in one of them at a time. Only `accept` runs any. `number`: of the trial,
/// from 0.
record TrialScheduler(RunContext context, Map<String, MachineRun> machineRuns, int number, String run) {
    List<TrialResult> results(ResolvedTrial resolved) {
        context.progress().trialBegins(resolved.item().name(), resolved.pairs().stream().map(PairTrial::pair).toList());
        var results = new ArrayList<TrialResult>();
        resolved.skipped().forEach((pair, why) -> results.add(skipped(resolved, pair, why)));
        context.changes();
        results.addAll(tried(resolved));
        context.changes();
        context.progress().trialEnds(resolved.item().name(), List.copyOf(results));
        return results;
    }

    private List<TrialResult> tried(ResolvedTrial resolved) {
        if (context.terms().mode() != Mode.ACCEPT)
            return resolved.pairs().stream().map(pair ->
                skipped(resolved, pair.pair(), new TrialSkip(TrialSkip.Reason.ONLY_ACCEPT, ""))).toList();
        var locks = new TreeMap<String, ReentrantLock>();
        resolved.pairs().forEach(pair -> pair.machines().forEach(machine -> locks.put(machine.name(), new ReentrantLock())));
        var forks = new Semaphore(Math.max(1, context.terms().forks() / 2));   // a pair is two machines at work
        var futures = new ArrayList<Future<TrialResult>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            resolved.pairs().forEach(pair -> futures.add(threads.submit(() -> alone(pair, locks, forks))));
        }
        return futures.stream().map(TrialScheduler::value).toList();
    }

    /// Locks are taken in the order of names, so that pairs that share machines wait for each other in no circle.
    private TrialResult alone(PairTrial pair, TreeMap<String, ReentrantLock> locks, Semaphore forks) {
        var own = pair.machines().stream().map(Machine::name).distinct().sorted().map(locks::get).toList();
        own.forEach(ReentrantLock::lock);
        forks.acquireUninterruptibly();
        try {
            return result(pair);
        } finally {
            forks.release();
            own.forEach(ReentrantLock::unlock);
        }
    }

    private TrialResult result(PairTrial pair) {
        var out = out(pair);
        if (out.isPresent()) return skipped(pair, out.get());
        var stop = context.stop().get();
        if (stop.isPresent()) return skipped(pair, new TrialSkip(TrialSkip.Reason.STOPPED, stop.get().words()));
        try {
            context.journal().trialBegan(pair.trial().trial(), pair.pair());
            var result = new TrialRun(run, pair, context.connections()::to, context.terms().trials().runtime(),
                new TrialWatcher(context, number, pair), () -> context.stop().get().isPresent()).result();
            context.journal().trialEnded(pair.trial().trial(), pair.pair(),
                result.failure().map(failure -> failure.code().name()).orElse(result.accepted() ? "accepted" : "not accepted"));
            return result;
        } catch (RecordError unwritable) {
            context.broken();
            return failed(pair, Failure.of(RunCode.JOURNAL_UNWRITABLE, List.of(), unwritable.getMessage(), ""));
        } catch (RuntimeException | Error defect) {
            context.defect(defect);
            return failed(pair, Failure.of(RunCode.INTERNAL, List.of(), defect.toString(), ""));
        }
    }

    /// A machine that ended badly in an earlier play would make the trial blame the wrong thing.
    private Optional<TrialSkip> out(PairTrial pair) {
        return pair.machines().stream().map(Machine::name).filter(name -> machineRuns.get(name).out().isPresent()).findFirst()
            .map(name -> new TrialSkip(TrialSkip.Reason.MACHINE_OUT, name + ": " + machineRuns.get(name).out().orElseThrow().words()));
    }

    private static TrialResult skipped(ResolvedTrial resolved, String pair, TrialSkip why) {
        return new TrialResult(resolved.item().name(), resolved.item().at().toString(), pair, TrialTerms.none(), List.of(), List.of(),
            Optional.empty(), Optional.of(why));
    }

    private static TrialResult skipped(PairTrial pair, TrialSkip why) {
        return new TrialResult(pair.trial().trial(), pair.at(), pair.pair(), TrialTerms.of(pair.trial()), List.of(), List.of(),
            Optional.empty(), Optional.of(why));
    }

    private static TrialResult failed(PairTrial pair, Failure failure) {
        return new TrialResult(pair.trial().trial(), pair.at(), pair.pair(), TrialTerms.of(pair.trial()), List.of(), List.of(),
            Optional.of(failure), Optional.empty());
    }

    private static TrialResult value(Future<TrialResult> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("the executor is closed, so this is done", interrupted);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a pair's thread ended without a result", defect.getCause());
        }
    }
}
