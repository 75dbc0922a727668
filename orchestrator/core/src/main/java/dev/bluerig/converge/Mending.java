package dev.bluerig.converge;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.remote.CommandError;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.Task;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Failure;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One task's remedy, and asking again until it is as wanted or its time to settle is over.
final class Mending {
    private final Facts facts;
    private final Convergence.Terms terms;
    private final ConvergenceListener watcher;
    private final int index;
    private final Task<?> task;

    Mending(Facts facts, Convergence.Terms terms, ConvergenceListener watcher, int index, Task<?> task) {
        this.facts = facts;
        this.terms = terms;
        this.watcher = watcher;
        this.index = index;
        this.task = task;
    }

    /// Remedy, then what is needed to verify it and to judge the next task, in one round trip.
    Outcome act(Diff.Mendable mendable, Set<Fact.Question<?>> questions) {
        watcher.acting(index, mendable);
        try {
            var replies = facts.ask(mendable.remedy().commands(), task.brings(), questions);
            watcher.acted(index, replies);
            var failed = firstFailure(mendable, replies);
            return failed.isPresent() ? remedyFailed(mendable, failed.get()) : verify(mendable);
        } catch (Unreachable lost) {
            return new Outcome.Lost(lost(lost), true);
        }
    }

    Outcome verify(Diff.Mendable mendable) throws Unreachable {
        for (Duration wait : Backoff.within(mendable.remedy().settle())) {
            if (verdict(mendable) instanceof Outcome.Changed changed) return changed;
            if (!waited(terms.pause(), wait)) return still(mendable.changes(), "interrupted while it settled");
            again();
        }
        return verdict(mendable);
    }

    /// Forgets everything, and asks for this task.
    void again() throws Unreachable {
        facts.forget(EnumSet.allOf(Effect.class));
        facts.ask(task.wants().questions());
    }

    private Outcome verdict(Diff.Mendable mendable) {
        return switch (judge(facts, task)) {
            case Diff.Same same -> new Outcome.Changed(mendable.changes());
            case Diff.NotApplicable gone -> new Outcome.Changed(mendable.changes());
            case Diff.Unmet unmet -> new Outcome.Failed(Failure.of(unmet), true);
            case Diff.Mendable still -> still(still.changes(), "");
            case Diff.Unknown(String why) -> still(mendable.changes(), why);
        };
    }

    private static Outcome still(List<Change> changes, String detail) {
        return new Outcome.Failed(Failure.of(EngineCode.STILL_DIFFERENT, changes, detail, ""), true);
    }

    static Outcome remedyFailed(Diff.Mendable mendable, String why) {
        return new Outcome.Failed(Failure.of(EngineCode.REMEDY_FAILED, mendable.changes(), why, ""), true);
    }

    static boolean waited(Convergence.Pause pause, Duration time) {
        try {
            pause.of(time);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Optional<String> firstFailure(Diff.Mendable mendable, List<Reply> replies) {
        for (int i = 0; i < replies.size(); i++) {
            var why = CommandError.failure(mendable.remedy().commands().get(i), replies.get(i));
            if (why.isPresent()) return why;
        }
        return Optional.empty();
    }

    static Failure lost(Unreachable lost) {
        return Failure.of(lost.reason(), List.of(), lost.getMessage(), "");
    }

    static <S> Diff judge(Facts facts, Task<S> task) {
        return task.judge(facts.get(task.wants()));
    }
}
