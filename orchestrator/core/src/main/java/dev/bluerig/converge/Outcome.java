package dev.bluerig.converge;

import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.task.diff.Remedy;
import java.util.List;
import java.util.Optional;

/// What became of one task on one machine.
public sealed interface Outcome {
    /// As wanted. `note` is empty, or says why the task does not apply to this machine.
    record Ok(String note) implements Outcome {}

    /// It was different, the remedy ran, and asking again found it as wanted. `note` is empty, or says that it was armed.
    record Changed(List<Change> changes, String note) implements Outcome {
        public Changed(List<Change> changes) {
            this(changes, "");
        }
    }

    /// Check mode. `provisional`: an earlier task would change this machine first, so this is a forecast. `note`: as of a change.
    record WouldChange(List<Change> changes, Remedy remedy, boolean provisional, String note) implements Outcome {}

    /// Different, and it stayed so. `acted`: a remedy was started on the machine.
    record Failed(Failure failure, boolean acted) implements Outcome {}

    /// What must be seen could not be seen; nothing was done.
    record Unknown(Failure failure) implements Outcome {}

    /// The machine could not be reached or was lost. `acted`: a remedy was under way.
    record Lost(Failure failure, boolean acted) implements Outcome {}

    /// Check mode: it cannot be judged before the changes that come first, and one of them could make it as wanted. The tasks after it are
    /// tried.
    record Foreseen(String now) implements Outcome {}

    /// It would tell nothing, because of another machine that is out. The tasks after it are tried.
    record Deferred(String because) implements Outcome {}

    /// The run itself ended it: a defect of ours, or a record that cannot be written. `acted`: a remedy was started on the machine.
    record Broken(Failure failure, boolean acted) implements Outcome {}

    /// Not tried, because of something earlier.
    record Skipped(SkipReason because) implements Outcome {}

    /// Check mode: apply would or might change the machine here.
    default boolean isForeseen() {
        return this instanceof WouldChange || this instanceof Foreseen;
    }

    /// Of a failure.
    default Optional<CodeName> code() {
        return switch (this) {
            case Failed(Failure failure, boolean acted) -> Optional.of(failure.code());
            case Unknown(Failure failure) -> Optional.of(failure.code());
            case Lost(Failure failure, boolean acted) -> Optional.of(failure.code());
            case Broken(Failure failure, boolean acted) -> Optional.of(failure.code());
            case Ok _, Changed _, WouldChange _, Foreseen _, Deferred _, Skipped _ -> Optional.empty();
        };
    }

    /// True when the tasks after this one must not be tried on this machine. Asking changes nothing, so an acceptance goes on after a
    /// difference.
    default boolean stops(Mode mode) {
        return switch (this) {
            case Ok ok -> false;
            case Changed changed -> false;
            case WouldChange wouldChange -> false;
            case Failed failed -> mode != Mode.ACCEPT;
            case Unknown unknown -> mode != Mode.ACCEPT;
            case Lost lost -> true;
            case Broken broken -> true;
            case Foreseen foreseen -> false;
            case Deferred deferred -> false;
            case Skipped skipped -> true;
        };
    }
}
