package dev.bluerig.converge;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.remote.Reply;
import dev.bluerig.task.diff.Diff;
import java.util.List;

/// Told of everything that happens to one machine, in order, on the machine's own thread. The journal and the live display listen here.
public interface ConvergenceListener {
    /// About to run this remedy: when this returns it is on disk.
    void acting(int task, Diff.Mendable mendable);

    /// The remedy's commands were answered; `replies` in the order of its commands.
    void acted(int task, List<Reply> replies);

    /// The machine takes the next remedy back by itself, unless it is told not to: when this returns it is on disk.
    default void armed(int task, ArmedChange change, String why) {}

    /// What became of it.
    default void released(int task, ArmedChange change, String how) {}

    void outcome(int task, Outcome outcome);

    /// What people call the task at this place of the play.
    default String name(int task) {
        return "task " + (task + 1);
    }
}
