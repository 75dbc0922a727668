package dev.bluerig.run;

import dev.bluerig.converge.Failure;
import dev.bluerig.converge.Outcome;
import dev.bluerig.task.Change;
import java.util.List;
import java.util.Optional;

/// What became of one task on one machine, flat: what is written to records and read back.
///
/// - `note`: why it was skipped, or why the task does not apply.
/// - `provisional`: a forecast; an earlier task would change the machine first.
/// - `acted`: a remedy was started.
/// - `commands`: what a remedy would run, in check mode.
public record Result(Word outcome, String note, boolean provisional, boolean acted, List<Change> changes, List<String> commands,
                     Optional<Failure> failure) {
    public Result {
        changes = List.copyOf(changes);
        commands = List.copyOf(commands);
    }

    public static Result of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok(String note) -> plain(Word.OK, note);
            case Outcome.Changed(var changes) -> new Result(Word.CHANGED, "", false, true, changes, List.of(), Optional.empty());
            case Outcome.WouldChange(var changes, var remedy, boolean provisional) -> new Result(Word.WOULD_CHANGE, "", provisional, false,
                changes, remedy.commands().stream().map(Object::toString).toList(), Optional.empty());
            case Outcome.Failed(var failure, boolean acted) -> failed(Word.FAILED, failure, acted);
            case Outcome.Unknown(var failure) -> failed(Word.UNKNOWN, failure, false);
            case Outcome.Lost(var failure, boolean acted) -> failed(Word.UNREACHABLE, failure, acted);
            case Outcome.Broken(var failure, boolean acted) -> failed(Word.FAILED, failure, acted);
            case Outcome.Foreseen(String now) -> plain(Word.SKIPPED, now);
            case Outcome.Deferred(String because) -> plain(Word.SKIPPED, because);
            case Outcome.Skipped(String because) -> plain(Word.SKIPPED, because);
        };
    }

    private static Result plain(Word word, String note) {
        return new Result(word, note, false, false, List.of(), List.of(), Optional.empty());
    }

    private static Result failed(Word word, Failure failure, boolean acted) {
        return new Result(word, "", false, acted, failure.changes(), List.of(), Optional.of(failure));
    }
}
