package dev.bluerig.converge;

import dev.bluerig.task.diff.Diff;
import java.util.Optional;

/// Whether a remedy may run: a saved plan that was agreed on, or no plan at all.
public interface Permit {
    /// Why this remedy of the task at this place in the play must not run; empty when it may.
    Optional<String> refuses(int task, Diff.Mendable mendable);

    static Permit all() {
        return (task, mendable) -> Optional.empty();
    }
}
