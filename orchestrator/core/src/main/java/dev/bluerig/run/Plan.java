package dev.bluerig.run;

import dev.bluerig.remote.Command;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import dev.bluerig.source.Problem;
import dev.bluerig.source.Tree;
import dev.bluerig.source.TrustedText;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The changes that a check foresaw and a person agreed to (`docs/plan.md`). `apply --plan` makes these and no other.
///
/// `program`: the bluerig that made it. `inventory`, `playbook`: what it is of, by name and by content. `failures`: where it cannot
/// succeed.
public record Plan(int schema, @TrustedText String program, Instant made, BoundFile inventory, BoundFile playbook, List<Step> steps,
    List<ForeseenFailure> failures) {
    public static final int SCHEMA = 2;

    public Plan {
        steps = List.copyOf(steps);
        failures = List.copyOf(failures);
    }

    /// A file by name, and the fingerprint of what it says.
    public record BoundFile(@TrustedText String file, @TrustedText String sha256) {}

    /// A command as a person would type it, and the fingerprint of it and of what it is given.
    public record PlannedCommand(String line, @TrustedText String sha256) {}

    /// A task that failed in check and would fail in apply.
    public record ForeseenFailure(@TrustedText String play, @TrustedText String task, @TrustedText String machine,
        @TrustedText String code) {}

    /// One task on one machine. `play` and `position` count from 0. `wanted`: fingerprint of the wanted state.
    /// `undo`: what would put back what is there now, so that nothing else is replaced.
    /// `provisional`: a forecast, so values and commands may differ but not the fields, nor what is wanted.
    public record Step(int play, @TrustedText String playName, int position, @TrustedText String task, @TrustedText String machine,
        boolean provisional, @TrustedText String wanted,
                       List<Change> changes, List<PlannedCommand> commands, List<PlannedCommand> undo) {
        public Step {
            changes = List.copyOf(changes);
            commands = List.copyOf(commands);
            undo = List.copyOf(undo);
        }

        static Step of(TaskId task, String playName, String machine, boolean provisional, String wanted, List<Change> changes,
            List<PlannedCommand> commands, List<PlannedCommand> undo) {
            return new Step(task.play(), playName, task.position(), task.task(), machine, provisional, wanted, changes, commands, undo);
        }

        TaskId id() {
            return new TaskId(play, position, task);
        }

        /// Why what would be done now is not what was agreed on. Less of the same is.
        Optional<String> refuses(String wantedNow, Diff.Mendable now, Function<Command, PlannedCommand> act) {
            if (!wanted.equals(wantedNow))
                return Optional.of("the wanted state of `" + task + "` is not the one that was agreed on: its text, a template or a"
                    + " variable differs");
            var strange = strange(now.changes());
            return strange.isPresent() || provisional ? strange : command(now, act).or(() -> replaced(now, act));
        }

        private Optional<String> strange(List<Change> now) {
            Set<Object> agreed = provisional ? fields(changes) : new HashSet<>(changes);
            var strange = now.stream().filter(change -> !agreed.contains(provisional ? change.what() : change)).toList();
            if (strange.isEmpty()) return Optional.empty();
            return Optional.of("the plan does not name: " + strange.stream()
                .map(change -> change.what() + " from " + change.found() + " to " + change.expected()).collect(Collectors.joining("; ")));
        }

        /// Line and fingerprint together, so that nobody reads one command and agrees to another.
        private Optional<String> command(Diff.Mendable now, Function<Command, PlannedCommand> act) {
            return now.remedy().commands().stream().map(act).filter(one -> !commands.contains(one)).findFirst().map(other ->
                commands.stream().anyMatch(one -> one.line().equals(other.line())) ? "what `" + other.line()
                + "` would be given is not what was agreed on"
                    : "the plan does not name the command `" + other.line() + "`");
        }

        private Optional<String> replaced(Diff.Mendable now, Function<Command, PlannedCommand> act) {
            return now.remedy().undo().stream().map(act).anyMatch(one -> !undo.contains(one))
                ? Optional.of("what is there now, and would be replaced, is not what the plan was made for: check --save again")
                : Optional.empty();
        }

        private static Set<Object> fields(List<Change> changes) {
            return changes.stream().map(Change::what).collect(Collectors.toSet());
        }
    }

    public static Plan of(RunRecord record, BoundFile inventory, BoundFile playbook, List<Step> steps) {
        var failures = new ArrayList<ForeseenFailure>();
        record.plays().forEach(play -> play.tasks().forEach(task -> task.results().forEach((machine, result) ->
            result.failure()
            .ifPresent(failure -> failures.add(new ForeseenFailure(play.name(), task.task(), machine, failure.code().name()))))));
        return new Plan(SCHEMA, record.program(), record.ended(), inventory, playbook, steps, failures);
    }

    /// Throws `InvalidInput` for what is not a plan of this schema.
    public static Plan read(String file, String json) {
        Tree tree = Json.read(file, json);
        boolean ours = tree instanceof Tree.Mapping mapping && mapping.get("schema")
            .filter(schema -> schema instanceof Tree.Scalar scalar && scalar.text().equals(Integer.toString(SCHEMA))).isPresent();
        if (!ours)
            throw new InvalidInput(Location.file(file), "not a plan of schema " + SCHEMA
                + ", or one of another bluerig: check --save again, and read it");
        return Binder.bind(Plan.class, tree);
    }

    public String json() {
        return Json.pretty(Binder.unbind(this));
    }

    /// Throws `InvalidInput` when this is the plan of something else, before anything is connected.
    public void mustBe(String file, String programNow, BoundFile inventoryNow, BoundFile playbookNow) {
        var problems = new ArrayList<Problem>();
        if (!program.equals(programNow))
            problems.add(new Problem(Location.file(file), "the plan was made by " + program + ", this is " + programNow));
        other("inventory", inventory, inventoryNow).ifPresent(why -> problems.add(new Problem(Location.file(file), why)));
        other("playbook", playbook, playbookNow).ifPresent(why -> problems.add(new Problem(Location.file(file), why)));
        if (!problems.isEmpty()) throw new InvalidInput(problems);
    }

    private static Optional<String> other(String what, BoundFile agreed, BoundFile now) {
        if (agreed.sha256().equals(now.sha256())) return Optional.empty();
        return Optional.of(agreed.file().equals(now.file()) ? "the " + what + " " + now.file()
            + " (or what it is made of) has changed since the plan was made: check --save again"
            : "the plan is of the " + what + " " + agreed.file() + ", not of " + now.file());
    }

    Optional<String> refuses(TaskId task, String machine, String wanted, Diff.Mendable now, Function<Command, PlannedCommand> act) {
        return steps.stream().filter(step -> step.id().equals(task) && step.machine.equals(machine)).findFirst()
            .map(step -> step.refuses(wanted, now, act)).orElse(Optional.of("the plan names no change of this task on this machine"));
    }
}
