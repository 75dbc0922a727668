package dev.bluerig.converge;

import dev.bluerig.remote.Reply;
import dev.bluerig.task.Diff;
import java.util.List;

/// For tests that look at outcomes alone.
public final class SilentWatcher implements Watcher {
    @Override
    public void acting(int task, Diff.Mendable mendable) {}

    @Override
    public void acted(int task, List<Reply> replies) {}

    @Override
    public void outcome(int task, Outcome outcome) {}
}
