package dev.bluerig.bench.scale;

import dev.bluerig.bench.measure.ProcessTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The most threads (proc_pid_status(5)) that one process had of those below this one, and, when asked for, the most heap that was alive.
///
/// Live heap is told by `jcmd PID GC.class_histogram`, which collects everything first: so no figure of CPU is taken of such a run.
final class ProcessWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 500;
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)$");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

    private final Thread thread;
    private final long without;
    private final boolean heap;
    private volatile int threads;
    private volatile long bytes;

    private ProcessWatch(long without, boolean heap) {
        this.without = without;
        this.heap = heap;
        thread = Thread.ofPlatform().daemon().start(this::watch);
    }

    /// `without`: a process that is not looked at, with all below it.
    static ProcessWatch withoutBelow(long without, boolean heap) {
        return new ProcessWatch(without, heap);
    }

    private void watch() {
        try {
            while (true) {
                for (long pid : watched()) look(pid);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException ended) {
            // closed
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Set<Long> watched() throws IOException {
        ProcessTimes now = ProcessTimes.now();
        var pids = new HashSet<>(now.below(List.of(ProcessHandle.current().pid())));
        pids.remove(ProcessHandle.current().pid());
        pids.removeAll(now.below(List.of(without)));
        return pids;
    }

    private void look(long pid) throws IOException, InterruptedException {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            Matcher found = THREADS.matcher(Files.readString(process.resolve("status")));
            if (found.find()) threads = Math.max(threads, Integer.parseInt(found.group(1)));
            if (!heap || !Files.readString(process.resolve("cmdline")).contains("dev.bluerig.cli.Main") || !hears(process)) return;
        } catch (IOException ended) {
            return;
        }
        Process asked = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid),
            "GC.class_histogram").redirectErrorStream(true).start();
        Matcher total = TOTAL.matcher(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        asked.waitFor();
        if (total.find()) bytes = Math.max(bytes, Long.parseLong(total.group(1)));
    }

    /// A JVM that has only begun would be ended by the signal with which `jcmd` begins (attach, signals(7): SIGQUIT).
    private static boolean hears(Path process) throws IOException {
        try (var tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) if (Files.readString(task.resolve("comm")).startsWith("Signal Dispatch")) return true;
            return false;
        } catch (DirectoryIteratorException ended) {
            throw ended.getCause();
        }
    }

    int threads() {
        return threads;
    }

    /// Bytes; 0 when nobody asked, or the process ended before it told.
    long heap() {
        return bytes;
    }

    /// Returns when nothing more is looked at.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
