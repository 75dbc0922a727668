package dev.bluerig.converge;

import dev.bluerig.remote.Reply;
import dev.bluerig.task.diff.Diff;
import java.util.List;

/// Told of everything that happens to one machine, in order, on the machine's own thread. The journal and the live display listen here.
public interface ConvergenceListener {
    /// About to run this remedy: when this returns it is on disk.
    void acting(int task, Diff.Mendable mendable);

    /// The remedy's commands were answered; `replies` in the order of its commands.
    void acted(int task, List<Reply> replies);

    void outcome(int task, Outcome outcome);

    /// What people call the task at this place of the play.
    default String name(int task) {
        return "task " + (task + 1);
    }
}
