package dev.bluerig.run;

import dev.bluerig.converge.Convergence;
import dev.bluerig.converge.Forecast;
import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.converge.SkipReason;
import dev.bluerig.fact.Effect;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.ResolvedPlay;
import dev.bluerig.playbook.ResolvedTrial;
import dev.bluerig.playbook.TaskEntry;
import dev.bluerig.remote.Dialer;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.task.diff.Touch;
import dev.bluerig.trial.agent.AgentRuntime;
import dev.bluerig.trial.run.TrialResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// Plays x machines: plays in order, the machines of a play side by side. Whatever happens to a machine is an outcome; the others go on.
public final class Run {
    /// A path to a DPU is made of the host's link to it and of rshim, which brings that link.
    private static final Touch RSHIM = new Touch.Service("rshim.service");
    private static final String COMMAND = "command";

    private final Inventory inventory;
    private final Terms terms;
    private final Records records;
    private final RunListener progress;
    private final Map<String, MachineRun> machineRuns = new LinkedHashMap<>();
    private final Dependents dependents;

    /// `forks`: machines at work at the same time. `plan`: what was agreed on, if anything was. `stop` is read between tasks. `arm`: what
    /// the guard refuses is armed for so long.
    public record Terms(Mode mode, int forks, Optional<Plan> plan, BooleanSupplier stop, Convergence.Pause pause, InstantSource clock,
        TrialSetup trials, Optional<Duration> arm) {
        public Terms {
            if (forks < 1) throw new IllegalArgumentException("forks: " + forks);
        }

        public Terms(Mode mode, int forks, Optional<Plan> plan, BooleanSupplier stop, Convergence.Pause pause, InstantSource clock,
            TrialSetup trials) {
            this(mode, forks, plan, stop, pause, clock, trials, Optional.empty());
        }

        public Terms arming(Duration after) {
            return new Terms(mode, forks, plan, stop, pause, clock, trials, Optional.of(after));
        }
    }

    /// How trials are run. `purge`: afterwards remove what was brought to hosts for them.
    public record TrialSetup(AgentRuntime runtime, boolean purge) {}

    /// Where the run writes what happens. `inventory` and `playbook` are the files' names, for people.
    public record Records(String id, RunStart start, String inventory, String playbook, Journal journal, RemedyLog evidence) {}

    /// `defects`: what our own code threw; each also stands in the record as a failure of its machine. `steps`: what a check foresaw.
    /// `unwritten`: the journal or the evidence could not be written to the end.
    public record Ended(RunRecord record, List<Throwable> defects, List<Plan.Step> steps, boolean unwritten) {
        public Ended {
            steps = List.copyOf(steps);
            defects = List.copyOf(defects);
        }
    }

    public Run(Inventory inventory, Terms terms, Records records, RunListener progress) {
        this.inventory = inventory;
        this.terms = terms;
        this.records = records;
        this.progress = progress;
        this.dependents = new Dependents(inventory);
    }

    public Ended play(List<? extends ResolvedItem> items, Dialer dialer) {
        Instant started = terms.clock().instant();
        try {
            records.journal().began(records.id(), terms.mode().name(), records.inventory(), records.playbook(), inventory.lab(),
                Optional.of(records.start()));
        } catch (RecordError unwritable) {
            throw new InvalidInput(Location.file("runs"), RunCode.JOURNAL_UNWRITABLE + ": " + unwritable.getMessage()
                + "; make room, or name another place with --runs");
        }
        try (var connections = new Connections(inventory, dialer)) {
            var context = new RunContext(inventory, terms, connections, records, progress);
            inventory.machines().forEach((name, machine) -> machineRuns.put(name, new MachineRun(machine, context)));
            var plays = new ArrayList<RunRecord.PlayRecord>();
            var trials = new ArrayList<TrialResult>();
            int trialItems = 0;
            for (ResolvedItem item : items) {
                switch (item) {
                    case ResolvedPlay resolved -> plays.add(play(plays.size(), resolved));
                    case ResolvedTrial trial -> trials.addAll(new TrialScheduler(context, machineRuns, trialItems++, records.id())
                        .results(trial));
                }
            }
            if (terms.trials().purge()) AgentPurge.of(context, items);
            var record = new RunRecord(records.id(), terms.mode(), started, terms.clock().instant(), records.start().by(),
                records.start().program(), records.inventory(), records.playbook(), inventory.lab(), records.start().resumes(),
                terms.stop().getAsBoolean(), plays, trials, connections.traffic());
            over(record, context);
            return new Ended(record, context.defects(), context.steps(), context.isBroken());
        }
    }

    private void over(RunRecord record, RunContext context) {
        try {
            records.journal().over(record.exit().number());
        } catch (RecordError unwritable) {
            context.broken();
        }
    }

    private RunRecord.PlayRecord play(int number, ResolvedPlay resolved) {
        progress.playBegins(resolved);
        var outcomes = new LinkedHashMap<String, Future<List<Outcome>>>();
        var forks = new Semaphore(terms.forks());
        var playRuns = playRuns(number, resolved);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            playRuns.forEach((name, playRun) -> outcomes.put(name, threads.submit(() -> {
                forks.acquireUninterruptibly();
                try {
                    return machineRuns.get(name).play(playRun);
                } finally {
                    forks.release();
                }
            })));
        }
        var record = record(resolved, outcomes);
        progress.playEnds(record);
        return record;
    }

    /// Told before the first machine of the play starts, so that it does not depend on who is faster.
    private Map<String, MachineRun.PlayRun> playRuns(int number, ResolvedPlay resolved) {
        var playRuns = new LinkedHashMap<String, MachineRun.PlayRun>();
        var out = new LinkedHashMap<String, SkipReason>();
        machineRuns.forEach((name, machineRun) -> machineRun.out().ifPresent(why -> out.put(name, why)));
        for (String name : resolved.machines().keySet()) {
            Machine machine = inventory.machines().get(name);
            playRuns.put(name, new MachineRun.PlayRun(number, resolved, forecast(machine), path(machine), out));
        }
        return playRuns;
    }

    private Forecast forecast(Machine machine) {
        var around = EnumSet.noneOf(Effect.class);
        dependents.of(machine).forEach(other -> around.addAll(machineRuns.get(other).brings().here()));
        return machineRuns.get(machine.name()).brings().among(around);
    }

    private Optional<String> path(Machine machine) {
        if (machine.via().isEmpty() || machine.host().isEmpty()) return Optional.empty();
        var foreseen = machineRuns.get(machine.host().get()).foreseen();
        boolean makes = foreseen.contains(new Touch.Link(machine.via().get().link().text())) || foreseen.contains(RSHIM);
        return makes ? Optional.of("an earlier play would first make the way to it") : Optional.empty();
    }

    private static RunRecord.PlayRecord record(ResolvedPlay resolved, Map<String, Future<List<Outcome>>> outcomes) {
        var tasks = new ArrayList<RunRecord.TaskRecord>();
        for (int i = 0; i < resolved.play().tasks().size(); i++) {
            TaskEntry entry = resolved.play().tasks().get(i);
            var results = new LinkedHashMap<String, TaskResult>();
            for (var each : outcomes.entrySet()) results.put(each.getKey(), TaskResult.of(value(each.getValue()).get(i)));
            tasks.add(new RunRecord.TaskRecord(entry.task(), entry.at().toString(), entry.task().equals(COMMAND), results));
        }
        return new RunRecord.PlayRecord(resolved.play().name(), resolved.play().at().toString(), tasks);
    }

    private static List<Outcome> value(Future<List<Outcome>> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("the executor is closed, so this is done", interrupted);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a machine's thread ended without outcomes", defect.getCause());
        }
    }
}
