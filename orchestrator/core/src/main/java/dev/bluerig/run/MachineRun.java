package dev.bluerig.run;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.converge.Arming;
import dev.bluerig.converge.Convergence;
import dev.bluerig.converge.ConvergenceListener;
import dev.bluerig.converge.Forecast;
import dev.bluerig.converge.Outcome;
import dev.bluerig.converge.Permit;
import dev.bluerig.converge.SkipReason;
import dev.bluerig.diagnostic.Code;
import dev.bluerig.fact.Facts;
import dev.bluerig.inventory.Machine;
import dev.bluerig.playbook.ResolvedPlay;
import dev.bluerig.playbook.ResolvedTask;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.NotApplicable;
import dev.bluerig.task.Task;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.task.diff.Remedy;
import dev.bluerig.task.diff.Touch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One machine through all plays of a run. Used by one thread at a time; plays are barriers.
final class MachineRun {
    private final Machine machine;
    private final RunContext context;
    private final Set<Touch> foreseen = new LinkedHashSet<>();
    private Forecast forecast = Forecast.CERTAIN;
    private Optional<Convergence> convergence = Optional.empty();
    /// Of the run, when this machine last began a play.
    private int changesBefore;
    private Optional<SkipReason> out = Optional.empty();
    private Optional<Arming> arming = Optional.empty();

    MachineRun(Machine machine, RunContext context) {
        this.machine = machine;
        this.context = context;
    }

    /// In check mode: what the changes foreseen so far would bring about on this machine; empty when it stays as it is.
    Forecast brings() {
        return forecast;
    }

    /// In check mode: what the changes foreseen so far would touch or make.
    Set<Touch> foreseen() {
        return Set.copyOf(foreseen);
    }

    /// Why this machine takes no part in later plays, if it does not.
    Optional<SkipReason> out() {
        return out;
    }

    /// What one play is on this machine. `forecast`: what earlier plays would change on it, and on those that it depends on.
    /// `pathForeseen`: in check mode, an earlier play would make the way to it. `out`: which machines ended badly in earlier plays, and
    /// how.
    record PlayRun(int play, ResolvedPlay resolved, Forecast forecast, Optional<String> pathForeseen, Map<String, SkipReason> out) {}

    List<Outcome> play(PlayRun playRun) {
        var assignments = playRun.resolved.machines().get(machine.name());
        var watch = new PlayListener(playRun, assignments);
        if (out.isPresent()) return skipped(watch, assignments.size(), out.get());
        var stop = context.stop().get();
        if (stop.isPresent()) return skipped(watch, assignments.size(), stop.get());
        try {
            return converged(playRun, assignments, watch);
        } catch (RecordError unwritable) {
            context.broken();
            return watch.rest(assignments.size(),
                new Outcome.Broken(failure(RunCode.JOURNAL_UNWRITABLE, unwritable.getMessage()), watch.acts()));
        } catch (RuntimeException | Error defect) {
            context.defect(defect);
            return watch.rest(assignments.size(), new Outcome.Broken(failure(RunCode.INTERNAL, defect.toString()), watch.acts()));
        } finally {
            out = watch.ended(playRun.resolved);
        }
    }

    private List<Outcome> converged(PlayRun playRun, List<ResolvedTask> assignments, PlayListener watch) {
        if (assignments.stream().map(ResolvedTask::task).allMatch(NotApplicable.class::isInstance)) return watch.nothingHere();
        if (convergence.isEmpty()) {
            if (playRun.pathForeseen.isPresent() && !new UnreachableDiagnosis(machine, context.inventory(), context.connections())
                .answersItsHost())
                return notYet(playRun, watch, assignments.size());
            context.progress().dialling(machine.name());
            try {
                var facts = new Facts(context.connections().to(machine), context.readings());
                var guard = new ManagementGuard(machine, context.inventory(), context.connections(), context.readings());
                convergence = Optional.of(new Convergence(facts, new Convergence.Terms(context.terms().mode(), permit(), guard,
                    context.stop(), context.terms().pause(), () -> arming), listener));
            } catch (Unreachable dead) {
                return unreachable(playRun, watch, assignments.size(), dead);
            }
        }
        arming = arming(playRun);
        listener.to(watch);
        current = Optional.of(watch);
        int changes = context.changesSoFar();
        if (changes != changesBefore) convergence.get().changedSince();
        changesBefore = changes;
        return convergence.get().play(assignments.stream().map(ResolvedTask::task).toList(), playRun.forecast,
            task -> pointless(task, playRun.out));
    }

    /// The command line's time counts before the play's.
    private Optional<Arming> arming(PlayRun playRun) {
        String names = context.run() + "-" + machine.name() + "-" + (playRun.play + 1);
        return context.terms().arm().or(() -> playRun.resolved.play().arm().map(Duration::ofSeconds))
            .map(after -> new MachineArming(machine, context.inventory(), context.connections(), names, after));
    }

    private static Optional<String> pointless(Task<?> task, Map<String, SkipReason> out) {
        return task.needs().stream().filter(out::containsKey).findFirst().map(name -> name + ": " + out.get(name).words());
    }

    private List<Outcome> unreachable(PlayRun playRun, PlayListener watch, int tasks, Unreachable dead) {
        if (playRun.pathForeseen.isPresent() && UnreachableDiagnosis.canHeal(dead.reason())) return notYet(playRun, watch, tasks);
        var failure = Failure.of(dead.reason(), List.of(), new UnreachableDiagnosis(machine, context.inventory(), context.connections())
            .explained(dead), "");
        return watch.rest(tasks, new Outcome.Lost(failure, false));
    }

    private List<Outcome> notYet(PlayRun playRun, PlayListener watch, int tasks) {
        watch.assignments.forEach(assignment -> forecast = forecast.and(assignment.task()));
        return skipped(watch, tasks, new SkipReason.NotYetReachable(playRun.pathForeseen.orElseThrow()));
    }

    private List<Outcome> skipped(PlayListener watch, int tasks, SkipReason because) {
        return watch.rest(tasks, new Outcome.Skipped(because));
    }

    private static Failure failure(Code code, String detail) {
        return Failure.of(code, List.of(), detail, "");
    }

    /// As a plan holds it, without secrets.
    private Plan.PlannedCommand act(Command command) {
        return new Plan.PlannedCommand(context.evidence().redaction().of(command.toString()), context.fingerprint().of(command));
    }

    private Permit permit() {
        return (task, mendable) -> context.terms().plan().flatMap(plan -> plan.refuses(current.orElseThrow().id(task), machine.name(),
            context.fingerprint().of(current.orElseThrow().assignments.get(task)),
            new Diff.Mendable(context.evidence().redaction().of(Change.class, mendable.changes()), mendable.remedy()), this::act));
    }

    private final DelegatingListener listener = new DelegatingListener();
    private Optional<PlayListener> current = Optional.empty();

    /// What happens in one play, to the journal, the evidence and the display.
    private final class PlayListener implements ConvergenceListener {
        private final PlayRun playRun;
        private final List<ResolvedTask> assignments;
        private final List<Outcome> outcomes = new ArrayList<>();
        private Optional<Remedy> running = Optional.empty();

        PlayListener(PlayRun playRun, List<ResolvedTask> assignments) {
            this.playRun = playRun;
            this.assignments = assignments;
        }

        @Override
        public void acting(int task, Diff.Mendable mendable) {
            context.changes();
            context.journal().acting(place(task), mendable.changes(), mendable.remedy());
            context.progress().acting(machine.name(), task);
            running = Optional.of(mendable.remedy());
        }

        @Override
        public void acted(int task, List<Reply> replies) {
            Remedy remedy = running.orElseThrow();
            context.journal().acted(place(task), remedy, replies);
            context.evidence().of(machine.name(), id(task), remedy, replies);
        }

        @Override
        public void armed(int task, ArmedChange change, String why) {
            context.journal().armed(place(task), change, why);
        }

        @Override
        public void released(int task, ArmedChange change, String how) {
            context.journal().released(place(task), change, how);
        }

        @Override
        public void outcome(int task, Outcome outcome) {
            outcomes.add(outcome);
            if (acts()) context.changes();      // again: others may have looked while the remedy was under way
            running = Optional.empty();
            forecast = forecast.and(assignments.get(task).task(), outcome);
            if (outcome instanceof Outcome.WouldChange(var changes, var remedy, boolean provisional, _)) {
                context.foreseen(step(task, changes, remedy, provisional));
                foreseen.addAll(remedy.touches());
                foreseen.addAll(remedy.makes());
            }
            context.progress().outcome(machine.name(), task, outcome);
            context.journal().outcome(place(task), outcome);
        }

        @Override
        public String name(int task) {
            return id(task).words();
        }

        private TaskId id(int task) {
            return new TaskId(playRun.play, task, assignments.get(task).written().task());
        }

        private Plan.Step step(int task, List<Change> changes, Remedy remedy, boolean provisional) {
            var commands = remedy.commands().stream().map(MachineRun.this::act).toList();
            var undo = remedy.undo().stream().map(MachineRun.this::act).toList();
            return Plan.Step.of(id(task), playRun.resolved.play().name(), machine.name(), provisional,
                context.fingerprint().of(assignments.get(task)), changes, commands, undo);
        }

        /// A remedy of the task at hand was started, and the task has not ended.
        boolean acts() {
            return running.isPresent();
        }

        /// Nothing is wanted of this machine: it is not dialled, and may be off (a DPU in NIC mode).
        List<Outcome> nothingHere() {
            for (int i = 0; i < assignments.size(); i++)
                if (assignments.get(i).task() instanceof NotApplicable(String why)) outcome(i, new Outcome.Ok(why));
            return List.copyOf(outcomes);
        }

        /// The tasks that have no outcome yet: `first` for the next one, skipped for those after it.
        List<Outcome> rest(int tasks, Outcome first) {
            int next = outcomes.size();
            for (int i = next; i < tasks; i++) {
                SkipReason because = first instanceof Outcome.Skipped(SkipReason why) ? why
                    : new SkipReason.EarlierTask(name(next), first.code());
                Outcome outcome = i == outcomes.size() && outcomes.stream().noneMatch(this::stops) ? first : new Outcome.Skipped(because);
                try {
                    outcome(i, outcome);
                } catch (RecordError unwritable) {
                    context.broken();
                }
            }
            return List.copyOf(outcomes);
        }

        private boolean stops(Outcome outcome) {
            return outcome.stops(context.terms().mode());
        }

        private JournalEvent.Place place(int task) {
            var written = assignments.get(task).written();
            return new JournalEvent.Place(playRun.resolved.play().name(), machine.name(), written.task(), written.at().toString());
        }

        /// Why later plays must not be tried on this machine.
        Optional<SkipReason> ended(ResolvedPlay resolved) {
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome outcome = outcomes.get(i);
                if (!stops(outcome)) continue;
                return Optional.of(outcome instanceof Outcome.Skipped(SkipReason because) ? because
                    : new SkipReason.EarlierPlay(assignments.get(i).written().task(), resolved.play().name(),
                        TaskResult.of(outcome).outcome().text(), outcome.code()));
            }
            return Optional.empty();
        }
    }
}
