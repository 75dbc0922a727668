package dev.bluerig.converge;

import dev.bluerig.task.Change;
import dev.bluerig.task.Remedy;
import java.util.List;

/// What became of one task on one machine.
public sealed interface Outcome {
    /// As wanted. `note` is empty, or says why the task does not apply to this machine.
    record Ok(String note) implements Outcome {}

    /// It was different, the remedy ran, and asking again found it as wanted.
    record Changed(List<Change> changes) implements Outcome {}

    /// Check mode. `provisional`: an earlier task would change this machine first, so this is a forecast.
    record WouldChange(List<Change> changes, Remedy remedy, boolean provisional) implements Outcome {}

    /// Different, and it stayed so. `acted`: a remedy was started on the machine.
    record Failed(Failure failure, boolean acted) implements Outcome {}

    /// What must be seen could not be seen; nothing was done.
    record Unknown(Failure failure) implements Outcome {}

    /// The machine could not be reached or was lost. `acted`: a remedy was under way.
    record Lost(Failure failure, boolean acted) implements Outcome {}

    /// It cannot be judged: in check mode before what this run would change first, else because of another machine that is out.
    /// The tasks after it are tried.
    record Deferred(String because) implements Outcome {}

    /// Not tried, because of something earlier.
    record Skipped(String because) implements Outcome {}

    /// True when the tasks after this one must not be tried on this machine.
    default boolean stops() {
        return switch (this) {
            case Ok ok -> false;
            case Changed changed -> false;
            case WouldChange wouldChange -> false;
            case Failed failed -> true;
            case Unknown unknown -> true;
            case Lost lost -> true;
            case Deferred deferred -> false;
            case Skipped skipped -> true;
        };
    }
}
