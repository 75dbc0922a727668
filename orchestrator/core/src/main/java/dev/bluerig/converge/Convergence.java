package dev.bluerig.converge;

import dev.bluerig.armed.Armable;
import dev.bluerig.armed.ArmedChange;
import dev.bluerig.armed.ArmedTraces;
import dev.bluerig.armed.WayBack;
import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.system.InstalledPrograms;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.guard.Refusal;
import dev.bluerig.guard.WayGuard;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.Task;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.task.diff.MissingPrograms;
import dev.bluerig.task.diff.ProgramDialect;
import dev.bluerig.task.diff.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Brings one machine through its plays. One object per machine and run; not thread-safe.
public final class Convergence {
    private final Terms terms;
    private final ConvergenceListener watcher;
    private final Facts facts;
    private boolean changing;
    private boolean guarding;
    private boolean changedSince;
    /// Of this play.
    private Optional<Map<String, String>> behind = Optional.empty();
    private InstalledPrograms.Seen programs = new InstalledPrograms.Seen(InstalledPrograms.usual());

    /// What the run allows on this machine. `stop` is read between tasks and says why nothing more is begun, if so; `pause` waits, so that
    /// tests need no time.
    /// `arming`: that what the guard refuses is armed instead, in this play.
    public record Terms(Mode mode, Permit permit, Guard guard, Supplier<Optional<SkipReason.Stopped>> stop, Pause pause,
        Supplier<Optional<Arming>> arming) {
        public Terms(Mode mode, Permit permit, Guard guard, Supplier<Optional<SkipReason.Stopped>> stop, Pause pause) {
            this(mode, permit, guard, stop, pause, Optional::empty);
        }
    }

    /// Waits, on the machine's own thread.
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    public Convergence(Session session, Terms terms, ConvergenceListener watcher) {
        this(new Facts(session), terms, watcher);
    }

    public Convergence(Facts facts, Terms terms, ConvergenceListener watcher) {
        this.facts = facts;
        this.terms = terms;
        this.watcher = watcher;
    }

    /// Something was changed since the last play, maybe on another machine. What was changed here is forgotten already.
    public void changedSince() {
        changedSince = true;
    }

    /// One outcome per task, in order. A lost machine is an outcome, not an exception.
    public List<Outcome> play(List<? extends Task<?>> tasks) {
        return play(tasks, Forecast.CERTAIN);
    }

    /// The same after plays that were only checked, so that their changes are still to come.
    public List<Outcome> play(List<? extends Task<?>> tasks, Forecast earlier) {
        return play(tasks, earlier, task -> Optional.empty());
    }

    /// `pointless`: why a task would tell nothing now, because of another machine; it is skipped, and nothing is asked for it.
    public List<Outcome> play(List<? extends Task<?>> tasks, Forecast earlier, Function<Task<?>, Optional<String>> pointless) {
        var outcomes = new ArrayList<Outcome>();
        facts.forget(changedSince ? Set.of(Effect.ELSEWHERE) : Set.of());
        behind = Optional.empty();
        changedSince = false;
        programs = new InstalledPrograms.Seen(programs(tasks.stream().filter(task -> pointless.apply(task).isEmpty()).toList()));
        Forecast forecast = earlier;
        for (int i = 0; i < tasks.size(); i++) {
            var outcome = outcomeOf(i, tasks, outcomes, forecast, pointless);
            outcomes.add(outcome);
            forecast = forecast.and(tasks.get(i), outcome);
            watcher.outcome(i, outcome);
        }
        return List.copyOf(outcomes);
    }

    private Outcome outcomeOf(int i, List<? extends Task<?>> tasks, List<Outcome> before, Forecast forecast,
                              Function<Task<?>, Optional<String>> pointless) {
        if (!before.isEmpty() && before.getLast().stops(terms.mode())) return new Outcome.Skipped(because(i, before));
        var stop = terms.stop().get();
        if (stop.isPresent()) return new Outcome.Skipped(stop.get());
        var why = pointless.apply(tasks.get(i));
        if (why.isPresent()) return new Outcome.Deferred(why.get());
        var rest = tasks.subList(i, tasks.size()).stream().filter(task -> pointless.apply(task).isEmpty()).toList();
        try {
            if (!facts.knows(tasks.get(i).wants())) facts.ask(questions(rest));
            return new Step(i, tasks.get(i), rest, forecast).converge();
        } catch (Unreachable lost) {
            return new Outcome.Lost(Mending.lost(lost), false);
        }
    }

    private SkipReason because(int i, List<Outcome> before) {
        return before.getLast() instanceof Outcome.Skipped(SkipReason because) ? because
            : new SkipReason.EarlierTask(watcher.name(i - 1), before.getLast().code());
    }

    private Set<Fact.Question<?>> questions(List<? extends Task<?>> tasks) {
        var all = new LinkedHashSet<Fact.Question<?>>();
        tasks.forEach(task -> all.addAll(task.wants().questions()));
        if (changing && tasks.stream().anyMatch(task -> !task.brings().isEmpty())) all.addAll(beforeRemedy());
        return all;
    }

    /// What must be known before a remedy: asked of a machine that turned out to need one, and from then on along with tasks that may.
    private Set<Fact.Question<?>> beforeRemedy() {
        var all = new LinkedHashSet<Fact.Question<?>>();
        if (guarding) all.addAll(terms.guard().own().questions());
        all.add(programs);
        return all;
    }

    private Map<String, String> behind() throws Unreachable {
        if (behind.isEmpty()) behind = Optional.of(terms.guard().behind());
        return behind.get();
    }

    private static Set<String> programs(List<? extends Task<?>> tasks) {
        var names = new LinkedHashSet<String>(InstalledPrograms.usual());
        tasks.forEach(task -> names.addAll(task.programs()));
        return names;
    }

    /// One task at its place in the play; `rest` starts with the task itself.
    private final class Step {
        private final int index;
        private final Task<?> task;
        private final List<? extends Task<?>> rest;
        private final Forecast forecast;

        Step(int index, Task<?> task, List<? extends Task<?>> rest, Forecast forecast) {
            this.index = index;
            this.task = task;
            this.rest = rest;
            this.forecast = forecast;
        }

        Outcome converge() throws Unreachable {
            Diff judged = Mending.judge(facts, task);
            if (terms.mode() != Mode.ACCEPT && judged instanceof Diff.Mendable mendable) {
                changing = true;
                guarding |= terms.guard().asks(mendable.remedy());
                facts.ask(beforeRemedy());
            }
            return switch (able(judged)) {
                case Diff.Unknown(String why) when mayBeKnown(task.wants()) ->
                    new Outcome.Foreseen("to be asked after the changes that come first; not known now: " + why);
                case Diff.Unknown(String why) -> new Outcome.Unknown(Failure.of(EngineCode.STATE_UNKNOWN, List.of(), why, ""));
                case Diff.Same same -> new Outcome.Ok("");
                case Diff.NotApplicable(String why) -> new Outcome.Ok(why);
                case Diff.Unmet unmet when unmet.obstacles().stream().allMatch(this::mayGo) ->
                    new Outcome.Foreseen("to be judged after the changes that come first; now: " + codes(unmet));
                case Diff.Unmet unmet -> new Outcome.Failed(unmet(unmet), false);
                case Diff.Mendable mendable -> mend(mendable);
            };
        }

        private boolean mayBeKnown(Fact<?> fact) {
            var after = facts.knownAfter(fact);
            return terms.mode() == Mode.CHECK && !Collections.disjoint(after, forecast.here());
        }

        /// A remedy whose programs are not there is not promised, and one for others of their kind is put into their words. Where they
        /// could not be asked for, the remedy itself will tell.
        private Diff able(Diff judged) throws Unreachable {
            if (terms.mode() == Mode.ACCEPT || !(judged instanceof Diff.Mendable(var changes, Remedy remedy))) return judged;
            var needed = remedy.programs().keySet();
            var question = programs.names().containsAll(needed) ? programs : new InstalledPrograms.Seen(needed);
            if (!(facts.see(question) instanceof Reading.Known<InstalledPrograms>(InstalledPrograms there))) return judged;
            return MissingPrograms.of(remedy, there).<Diff>map(lacking -> lacking)
                .orElseGet(() -> new Diff.Mendable(changes, ProgramDialect.of(remedy, there)));
        }

        /// Only what a change that comes first could close is not judged yet; the rest would surely fail in apply, so it fails in check.
        private boolean mayGo(Diff.Obstacle obstacle) {
            return terms.mode() == Mode.CHECK && forecast.mayClose(obstacle);
        }

        /// In check, what is sure to stop apply comes first.
        private Failure unmet(Diff.Unmet unmet) {
            var sure = unmet.obstacles().stream().sorted(Comparator.comparing(this::mayGo)).toList();
            return Failure.of(new Diff.Unmet(sure, unmet.further()));
        }

        private static String codes(Diff.Unmet unmet) {
            return unmet.obstacles().stream().map(obstacle -> obstacle.finding().name()).collect(Collectors.joining(", "));
        }

        private Outcome mend(Diff.Mendable mendable) throws Unreachable {
            if (terms.mode() == Mode.ACCEPT) return refused(EngineCode.NOT_ACCEPTED, mendable, "");
            var refusal = refusal(mendable);
            if (refusal.isPresent()) return cut(mendable, refusal.get());
            return allowed(mendable, "").orElseGet(() -> act(mendable));
        }

        /// What comes in place of the remedy, if anything does.
        private Optional<Outcome> allowed(Diff.Mendable mendable, String note) {
            if (terms.mode() == Mode.CHECK)
                return Optional.of(new Outcome.WouldChange(mendable.changes(), mendable.remedy(), !forecast.here().isEmpty(), note));
            return terms.permit().refuses(index, mendable).map(why -> refused(EngineCode.NOT_IN_PLAN, mendable, why));
        }

        /// The management guard: refuses, in check as in apply, what could cut a path or shut a door.
        private Optional<Refusal> refusal(Diff.Mendable mendable) throws Unreachable {
            if (!terms.guard().watches()) return Optional.empty();
            var others = WayGuard.concernsOthers(mendable.remedy()) ? behind() : Map.<String, String>of();
            Reading<WayIn> own = terms.guard().asks(mendable.remedy()) ? facts.get(terms.guard().own()) : Reading.unknown("not asked");
            return new WayGuard(own, others).refusal(mendable.remedy());
        }

        private Outcome cut(Diff.Mendable mendable, Refusal refusal) throws Unreachable {
            String why = refusal.words();
            if (refusal.dangers().isEmpty() && mayBeKnown(terms.guard().own()))
                return new Outcome.Foreseen("to be asked after the changes that come first; the management path is not known"
                    + " now: " + why);
            var arming = terms.arming().get();
            return arming.isPresent() ? armed(mendable, refusal, arming.get()) : refused(EngineCode.of(refusal), mendable, why);
        }

        private Outcome armed(Diff.Mendable mendable, Refusal refusal, Arming arming) throws Unreachable {
            var way = facts.see(terms.guard().own());
            var traces = facts.see(new ArmedTraces.Seen()).ifKnown().orElse(new ArmedTraces(List.of(), false));
            return switch (Armable.of(mendable.remedy(), refusal, way, traces)) {
                case Armable.Unfit(String why) -> refused(EngineCode.of(refusal), mendable, refusal.words()
                    + "; it cannot be armed: " + why);
                case Armable.Ready(WayBack back) -> {
                    String told = refusal.words() + traces.words();
                    var instead = allowed(mendable, "would be armed for " + arming.after().toSeconds() + " s; " + told);
                    if (instead.isPresent()) yield instead.get();
                    behind = Optional.empty();      // by then they may be others
                    var change = new ArmedChange(arming.name(), mendable.remedy(), back, arming.after());
                    yield new ArmedMending(facts, terms, arming, watcher, index, task).act(change, mendable, told, traces.forgetting());
                }
            };
        }

        /// The remedy of the next task makes the answers of all others worthless, so they are asked when a task needs no remedy.
        private Outcome act(Diff.Mendable mendable) {
            return new Mending(facts, terms, watcher, index, task).act(mendable,
                rest.size() == 1 ? task.wants().questions() : questions(rest.subList(0, 2)));
        }
    }

    private static Outcome refused(EngineCode stop, Diff.Mendable mendable, String detail) {
        return new Outcome.Failed(Failure.of(stop, mendable.changes(), detail, ""), false);
    }
}
