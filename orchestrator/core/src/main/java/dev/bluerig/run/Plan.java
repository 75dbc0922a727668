package dev.bluerig.run;

import dev.bluerig.source.Binder;
import dev.bluerig.source.Json;
import dev.bluerig.source.Ours;
import dev.bluerig.task.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The changes that a check foresaw and a person agreed to. `apply --plan` makes these and no other.
public record Plan(Instant made, @Ours String inventory, @Ours String playbook, List<Step> steps) {
    public Plan {
        steps = List.copyOf(steps);
    }

    /// One task on one machine. `play` and `position` count from 0. `provisional`: a forecast, so the values may differ but not the fields.
    public record Step(int play, @Ours String playName, int position, @Ours String task, @Ours String machine, boolean provisional, List<Change> changes) {
        public Step {
            changes = List.copyOf(changes);
        }

        boolean isFor(int otherPlay, int otherPosition, String otherMachine) {
            return play == otherPlay && position == otherPosition && machine.equals(otherMachine);
        }

        /// Why these changes are not the ones agreed on.
        Optional<String> refuses(List<Change> wanted) {
            Set<Object> agreed = provisional ? fields(changes) : new HashSet<>(changes);
            var strange = wanted.stream().filter(change -> !agreed.contains(provisional ? change.what() : change)).toList();
            if (strange.isEmpty()) return Optional.empty();
            return Optional.of("the plan does not name: " + strange.stream()
                .map(change -> change.what() + " from " + change.found() + " to " + change.expected()).collect(Collectors.joining("; ")));
        }

        private static Set<Object> fields(List<Change> changes) {
            return changes.stream().map(Change::what).collect(Collectors.toSet());
        }
    }

    public static Plan of(RunRecord record) {
        var steps = new ArrayList<Step>();
        for (int play = 0; play < record.plays().size(); play++) {
            var of = record.plays().get(play);
            for (int position = 0; position < of.tasks().size(); position++) steps.addAll(steps(play, of.name(), position, of.tasks().get(position)));
        }
        return new Plan(record.ended(), record.inventory(), record.playbook(), steps);
    }

    private static List<Step> steps(int play, String playName, int position, RunRecord.TaskRecord task) {
        var steps = new ArrayList<Step>();
        task.results().forEach((machine, result) -> {
            if (result.outcome() == Word.WOULD_CHANGE)
                steps.add(new Step(play, playName, position, task.task(), machine, result.provisional(), result.changes()));
        });
        return steps;
    }

    /// Throws `InvalidInput` for what is not a plan.
    public static Plan read(String file, String json) {
        return Binder.bind(Plan.class, Json.read(file, json));
    }

    public String json() {
        return Json.pretty(Binder.unbind(this));
    }

    Optional<String> refuses(int play, int position, String machine, List<Change> changes) {
        return steps.stream().filter(step -> step.isFor(play, position, machine)).findFirst()
            .map(step -> step.refuses(changes)).orElse(Optional.of("the plan names no change of this task on this machine"));
    }
}
