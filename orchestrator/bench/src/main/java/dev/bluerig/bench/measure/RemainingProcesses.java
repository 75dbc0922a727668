package dev.bluerig.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Processes that a command left running (masters of shared connections): their CPU is the command's, and the next run must not find them.
public final class RemainingProcesses {
    private RemainingProcesses() {}

    /// Ends them; seconds of CPU that they had used, by the scheduler's nanoseconds (/proc/PID/schedstat, the kernel's
    /// Documentation/scheduler/sched-stats.rst).
    public static double end(List<Long> pids) {
        double seconds = 0;
        for (long pid : pids)
            try {
                seconds += Long.parseLong(Files.readString(Path.of("/proc", Long.toString(pid), "schedstat")).split(" ")[0]) / 1e9;
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            } catch (IOException ended) {
                // it did not stay
            }
        return seconds;
    }
}
