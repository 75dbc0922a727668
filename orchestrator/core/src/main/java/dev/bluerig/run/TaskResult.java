package dev.bluerig.run;

import dev.bluerig.converge.Outcome;
import dev.bluerig.converge.SkipReason;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import java.util.List;
import java.util.Optional;

/// What became of one task on one machine, flat: what is written to records and read back.
///
/// - `note`: why it was skipped, why the task does not apply, that it had been done before, or that it was armed.
/// - `provisional`: a forecast; an earlier task would change the machine first.
/// - `acted`: a remedy was started.
/// - `commands`: what a remedy would run, in check mode.
public record TaskResult(OutcomeStatus outcome, String note, boolean provisional, boolean acted, List<Change> changes,
    List<String> commands,
                     Optional<Failure> failure) {
    public TaskResult {
        changes = List.copyOf(changes);
        commands = List.copyOf(commands);
    }

    public static TaskResult of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok(String note) -> plain(OutcomeStatus.OK, note);
            case Outcome.Changed(var changes, String note) -> new TaskResult(OutcomeStatus.CHANGED, note, false, true, changes, List.of(),
                Optional.empty());
            case Outcome.WouldChange(var changes, var remedy, boolean provisional, String note) ->
                new TaskResult(OutcomeStatus.WOULD_CHANGE, note, provisional, false,
                changes, remedy.commands().stream().map(Object::toString).toList(), Optional.empty());
            case Outcome.Failed(var failure, boolean acted) -> failed(OutcomeStatus.FAILED, failure, acted);
            case Outcome.Unknown(var failure) -> failed(OutcomeStatus.UNKNOWN, failure, false);
            case Outcome.Lost(var failure, boolean acted) -> failed(OutcomeStatus.UNREACHABLE, failure, acted);
            case Outcome.Broken(var failure, boolean acted) -> failed(OutcomeStatus.FAILED, failure, acted);
            case Outcome.Foreseen(String now) -> plain(OutcomeStatus.SKIPPED, now);
            case Outcome.Deferred(String because) -> plain(OutcomeStatus.SKIPPED, because);
            case Outcome.Skipped(SkipReason because) -> plain(OutcomeStatus.SKIPPED, because.words());
        };
    }

    TaskResult noted(String more) {
        return new TaskResult(outcome, more, provisional, acted, changes, commands, failure);
    }

    private static TaskResult plain(OutcomeStatus status, String note) {
        return new TaskResult(status, note, false, false, List.of(), List.of(), Optional.empty());
    }

    private static TaskResult failed(OutcomeStatus status, Failure failure, boolean acted) {
        return new TaskResult(status, "", false, acted, failure.changes(), List.of(), Optional.of(failure));
    }
}
