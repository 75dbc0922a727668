package dev.bluerig.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The most memory that a changing set of processes held, looked at five times a second.
///
/// Of each process what it does not share (proc_pid_statm(5): resident less shared) counts in full, and the largest shared part once: two
/// hundred `ssh` map one and the same libraries.
public final class MemoryPeak implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;
    private static final double PAGES_PER_MEGABYTE = 1_000_000.0 / 4096;

    /// The processes that are there now.
    public interface Processes {
        List<Long> now() throws IOException;
    }

    private final Thread thread;
    private volatile double most;

    private MemoryPeak(Processes processes) {
        thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    most = Math.max(most, megabytes(processes.now()));
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException ended) {
                // closed
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    public static MemoryPeak of(Processes processes) {
        return new MemoryPeak(processes);
    }

    public double megabytes() {
        return most;
    }

    private static double megabytes(List<Long> pids) {
        long own = 0;
        long shared = 0;
        for (long pid : pids)
            try {
                String[] pages = Files.readString(Path.of("/proc", Long.toString(pid), "statm")).split(" ");
                own += Long.parseLong(pages[1]) - Long.parseLong(pages[2]);
                shared = Math.max(shared, Long.parseLong(pages[2]));
            } catch (IOException ended) {
                // holds nothing now
            }
        return (own + shared) / PAGES_PER_MEGABYTE;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
