package dev.bluerig.converge;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Programs;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.Change;
import dev.bluerig.task.Dialect;
import dev.bluerig.task.Diff;
import dev.bluerig.task.Lacking;
import dev.bluerig.task.Remedy;
import dev.bluerig.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Brings one machine through its plays. One object per machine and run; not thread-safe.
public final class Convergence {
    private final Session session;
    private final Terms terms;
    private final Watcher watcher;
    private final Facts facts;
    private Programs.Seen programs = new Programs.Seen(Programs.usual());

    /// What the run allows on this machine. `stop` is read between tasks; `pause` waits, so that tests need no time.
    public record Terms(Mode mode, Permit permit, Guard guard, BooleanSupplier stop, Pause pause) {}

    /// Waits, on the machine's own thread.
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    public Convergence(Session session, Terms terms, Watcher watcher) {
        this.session = session;
        this.terms = terms;
        this.watcher = watcher;
        this.facts = new Facts(session);
    }

    /// One outcome per task, in order. A lost machine is an outcome, not an exception.
    public List<Outcome> play(List<? extends Task<?>> tasks) {
        return play(tasks, Forecast.CERTAIN);
    }

    /// The same after plays that were only checked, so that their changes are still to come.
    public List<Outcome> play(List<? extends Task<?>> tasks, Forecast forecast) {
        return play(tasks, forecast, task -> Optional.empty());
    }

    /// `pointless`: why a task would tell nothing now, because of another machine; it is skipped, and nothing is asked for it.
    public List<Outcome> play(List<? extends Task<?>> tasks, Forecast forecast, Function<Task<?>, Optional<String>> pointless) {
        var outcomes = new ArrayList<Outcome>();
        facts.forget();
        programs = new Programs.Seen(programs(tasks.stream().filter(task -> pointless.apply(task).isEmpty()).toList()));
        for (int i = 0; i < tasks.size(); i++) {
            var outcome = outcomeOf(i, tasks, outcomes, forecast, pointless);
            outcomes.add(outcome);
            watcher.outcome(i, outcome);
        }
        return List.copyOf(outcomes);
    }

    private Outcome outcomeOf(int i, List<? extends Task<?>> tasks, List<Outcome> before, Forecast forecast,
                              Function<Task<?>, Optional<String>> pointless) {
        if (!before.isEmpty() && before.getLast().stops()) return new Outcome.Skipped(because(i, before));
        if (terms.stop().getAsBoolean()) return new Outcome.Skipped("interrupted");
        var why = pointless.apply(tasks.get(i));
        if (why.isPresent()) return new Outcome.Deferred(why.get());
        var rest = tasks.subList(i, tasks.size()).stream().filter(task -> pointless.apply(task).isEmpty()).toList();
        try {
            if (before.stream().allMatch(Outcome.Deferred.class::isInstance)) facts.ask(questions(rest));
            boolean changing = before.stream().anyMatch(Outcome.WouldChange.class::isInstance);
            return new Step(i, tasks.get(i), rest).converge(changing ? Forecast.CHANGES : forecast);
        } catch (Unreachable lost) {
            return new Outcome.Lost(lost(lost), false);
        }
    }

    private static String because(int i, List<Outcome> before) {
        return before.getLast() instanceof Outcome.Skipped(String because) ? because : "task " + i + " of the play did not end well";
    }

    private static Failure lost(Unreachable lost) {
        return Failure.of(lost.reason(), List.of(), lost.getMessage(), "");
    }

    private Set<Fact.Question<?>> questions(List<? extends Task<?>> tasks) {
        var all = new LinkedHashSet<Fact.Question<?>>();
        tasks.forEach(task -> all.addAll(task.wants().questions()));
        all.addAll(terms.guard().own().questions());
        if (terms.mode() != Mode.ACCEPT) all.add(programs);
        return all;
    }

    private static Set<String> programs(List<? extends Task<?>> tasks) {
        var names = new LinkedHashSet<String>(Programs.usual());
        tasks.forEach(task -> names.addAll(task.programs()));
        return names;
    }

    /// One task at its place in the play; `rest` starts with the task itself.
    private final class Step {
        private final int index;
        private final Task<?> task;
        private final List<? extends Task<?>> rest;

        Step(int index, Task<?> task, List<? extends Task<?>> rest) {
            this.index = index;
            this.task = task;
            this.rest = rest;
        }

        Outcome converge(Forecast forecast) throws Unreachable {
            boolean early = forecast != Forecast.CERTAIN && terms.mode() == Mode.CHECK && !lasting();
            return switch (able(judge(task))) {
                case Judged.Unseen(String why) when early -> new Outcome.Deferred("not known before the changes that come first: " + why);
                case Judged.Unseen(String why) -> new Outcome.Unknown(Failure.of(Stop.STATE_UNKNOWN, List.of(), why, ""));
                case Judged.Seen(Diff.Same same) -> new Outcome.Ok("");
                case Judged.Seen(Diff.NotApplicable(String why)) -> new Outcome.Ok(why);
                case Judged.Seen(Diff.Unmet unmet) when early -> new Outcome.Deferred("not as wanted before the changes that come first: " + unmet.finding());
                case Judged.Seen(Diff.Unmet unmet) -> new Outcome.Failed(unmet(unmet), false);
                case Judged.Seen(Diff.Mendable mendable) -> mend(mendable, forecast == Forecast.CHANGES);
            };
        }

        /// What no remedy can change needs no forecast.
        private boolean lasting() {
            return !task.wants().questions().isEmpty() && task.wants().questions().stream().allMatch(Fact.Question::lasting);
        }

        /// A remedy whose programs are not there is not promised, and one for others of their kind is put into their words. Where they could not be asked for, the remedy itself will tell.
        private Judged able(Judged judged) throws Unreachable {
            if (terms.mode() == Mode.ACCEPT || !(judged instanceof Judged.Seen(Diff.Mendable(var changes, Remedy remedy)))) return judged;
            var needed = remedy.programs().keySet();
            var question = programs.names().containsAll(needed) ? programs : new Programs.Seen(needed);
            facts.ask(Set.of(question));
            if (!(facts.get(question) instanceof Reading.Known<Programs>(Programs there))) return judged;
            return new Judged.Seen(Lacking.of(remedy, there).<Diff>map(lacking -> lacking).orElseGet(() -> new Diff.Mendable(changes, Dialect.of(remedy, there))));
        }

        private Outcome mend(Diff.Mendable mendable, boolean provisional) throws Unreachable {
            if (terms.mode() == Mode.ACCEPT) return refused(Stop.NOT_ACCEPTED, mendable, "");
            var cut = cut(mendable);
            if (cut.isPresent()) return cut.get();
            if (terms.mode() == Mode.CHECK) return new Outcome.WouldChange(mendable.changes(), mendable.remedy(), provisional);
            var refusal = terms.permit().refuses(index, mendable);
            return refusal.isPresent() ? refused(Stop.NOT_IN_PLAN, mendable, refusal.get()) : act(mendable);
        }

        /// The management guard: refuses, in check as in apply, what could cut a path.
        private Optional<Outcome> cut(Diff.Mendable mendable) throws Unreachable {
            if (mendable.remedy().touches().isEmpty()) return Optional.empty();
            return switch (facts.get(terms.guard().own())) {
                case Reading.Unknown<Map<String, String>>(String why) -> Optional.of(refused(Stop.PATH_UNKNOWN, mendable, why));
                case Reading.Known<Map<String, String>>(var own) -> cut(mendable, own);
                case Reading.Ask<Map<String, String>> ask -> throw new IllegalStateException("not asked");
            };
        }

        private Optional<Outcome> cut(Diff.Mendable mendable, Map<String, String> own) throws Unreachable {
            var carriers = new TreeMap<String, String>(terms.guard().behind());
            carriers.putAll(own);
            carriers.keySet().retainAll(mendable.remedy().touches());
            if (carriers.isEmpty()) return Optional.empty();
            var why = new ArrayList<String>();
            carriers.forEach((link, reason) -> why.add(link + ": " + reason));
            return Optional.of(refused(Stop.WOULD_CUT_PATH, mendable, String.join("; ", why)));
        }

        /// Remedy, then everything the rest of the play needs, in one round trip.
        private Outcome act(Diff.Mendable mendable) {
            watcher.acting(index, mendable);
            try {
                var replies = facts.ask(mendable.remedy().commands(), questions(rest));
                watcher.acted(index, replies);
                var failed = firstFailure(mendable, replies);
                return failed.isPresent() ? failed.get() : verify(mendable);
            } catch (Unreachable lost) {
                return new Outcome.Lost(lost(lost), true);
            }
        }

        private Outcome verify(Diff.Mendable mendable) throws Unreachable {
            for (Duration wait : Backoff.within(mendable.remedy().settle())) {
                if (verdict(mendable) instanceof Outcome.Changed changed) return changed;
                if (!waited(wait)) return still(mendable.changes(), "interrupted while it settled");
                facts.forget();
                facts.ask(questions(rest));
            }
            return verdict(mendable);
        }

        private Outcome verdict(Diff.Mendable mendable) {
            return switch (judge(task)) {
                case Judged.Seen(Diff.Same same) -> new Outcome.Changed(mendable.changes());
                case Judged.Seen(Diff.NotApplicable gone) -> new Outcome.Changed(mendable.changes());
                case Judged.Seen(Diff.Unmet unmet) -> new Outcome.Failed(unmet(unmet), true);
                case Judged.Seen(Diff.Mendable still) -> still(still.changes(), "");
                case Judged.Unseen(String why) -> still(mendable.changes(), why);
            };
        }

        private Outcome still(List<Change> changes, String detail) {
            return new Outcome.Failed(Failure.of(Stop.STILL_DIFFERENT, changes, detail, ""), true);
        }
    }

    private boolean waited(Duration time) {
        try {
            terms.pause().of(time);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Outcome refused(Stop stop, Diff.Mendable mendable, String detail) {
        return new Outcome.Failed(Failure.of(stop, mendable.changes(), detail, ""), false);
    }

    private static Failure unmet(Diff.Unmet unmet) {
        return Failure.of(unmet.finding(), unmet.changes(), "", unmet.next());
    }

    private static Optional<Outcome> firstFailure(Diff.Mendable mendable, List<Reply> replies) {
        Remedy remedy = mendable.remedy();
        for (int i = 0; i < replies.size(); i++) {
            var why = Said.failure(remedy.commands().get(i), replies.get(i));
            if (why.isPresent()) return Optional.of(new Outcome.Failed(Failure.of(Stop.REMEDY_FAILED, mendable.changes(), why.get(), ""), true));
        }
        return Optional.empty();
    }

    /// A task against what was seen: a diff, or why it could not be seen.
    private sealed interface Judged {
        record Seen(Diff diff) implements Judged {}

        record Unseen(String why) implements Judged {}
    }

    private <S> Judged judge(Task<S> task) {
        return switch (facts.get(task.wants())) {
            case Reading.Known<S>(S seen) -> new Judged.Seen(task.diff(seen));
            case Reading.Unknown<S>(String why) -> new Judged.Unseen(why);
            case Reading.Ask<S> ask -> throw new IllegalStateException("not asked");
        };
    }
}
