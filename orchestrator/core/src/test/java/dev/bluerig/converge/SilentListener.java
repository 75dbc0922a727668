package dev.bluerig.converge;

import dev.bluerig.remote.Reply;
import dev.bluerig.task.diff.Diff;
import java.util.List;

/// For tests that look at outcomes alone.
public final class SilentListener implements ConvergenceListener {
    @Override
    public void acting(int task, Diff.Mendable mendable) {}

    @Override
    public void acted(int task, List<Reply> replies) {}

    @Override
    public void outcome(int task, Outcome outcome) {}
}
