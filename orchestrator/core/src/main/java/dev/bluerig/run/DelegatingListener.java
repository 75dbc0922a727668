package dev.bluerig.run;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.converge.ConvergenceListener;
import dev.bluerig.converge.Outcome;
import dev.bluerig.remote.Reply;
import dev.bluerig.task.diff.Diff;
import java.util.List;

/// A convergence has one watcher for all plays; this one hands on to the play that is running.
final class DelegatingListener implements ConvergenceListener {
    private ConvergenceListener now;

    void to(ConvergenceListener next) {
        now = next;
    }

    @Override
    public void acting(int task, Diff.Mendable mendable) {
        now.acting(task, mendable);
    }

    @Override
    public void acted(int task, List<Reply> replies) {
        now.acted(task, replies);
    }

    @Override
    public void armed(int task, ArmedChange change, String why) {
        now.armed(task, change, why);
    }

    @Override
    public void released(int task, ArmedChange change, String how) {
        now.released(task, change, how);
    }

    @Override
    public void outcome(int task, Outcome outcome) {
        now.outcome(task, outcome);
    }

    @Override
    public String name(int task) {
        return now.name(task);
    }
}
