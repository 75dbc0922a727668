package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.bluerig.ktls.Meter;
import dev.bluerig.ktls.SystemFailure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// This process by getrusage(2), which counts all its threads, ended ones too (the context switches in /proc/self/status are those of the
/// first thread alone, and that one only waits in a JVM); the machine by /proc/stat.
public final class LinuxMeter implements Meter {
    private static final int RUSAGE_SELF = 0; // linux/resource.h
    // offsets in struct rusage of 144 bytes
    private static final long RU_UTIME = 0;
    private static final long RU_STIME = 16;
    private static final long RU_NVCSW = 128;
    private static final long RU_NIVCSW = 136;
    private static final int SC_CLK_TCK = 2; // bits/confname.h

    private final Function<Arena, SystemCalls> calls;
    private final Path stat;

    public LinuxMeter() {
        this(NativeAccess.calls(), Path.of("/proc/stat"));
    }

    LinuxMeter(Function<Arena, SystemCalls> calls, Path stat) {
        this.calls = calls;
        this.stat = stat;
    }

    @Override
    public Usage now() throws SystemFailure {
        try (Arena arena = Arena.ofConfined()) {
            SystemCalls now = calls.apply(arena);
            MemorySegment usage = arena.allocate(144, 8);
            List<Double> cores = ProcStat.busy(lines(), Errno.checked("sysconf _SC_CLK_TCK", now.sysconf(SC_CLK_TCK)));
            Errno.checked("getrusage", now.getrusage(RUSAGE_SELF, usage));
            return new Usage(System.nanoTime() / 1e9, seconds(usage, RU_UTIME), seconds(usage, RU_STIME), cores,
                usage.get(JAVA_LONG, RU_NVCSW), usage.get(JAVA_LONG, RU_NIVCSW));
        }
    }

    private List<String> lines() throws SystemFailure {
        try {
            return Files.readAllLines(stat);
        } catch (IOException unreadable) {
            throw new SystemFailure("read " + stat, "EIO", unreadable.toString());
        }
    }

    /// `struct timeval`: seconds, microseconds.
    private static double seconds(MemorySegment usage, long at) {
        return usage.get(JAVA_LONG, at) + usage.get(JAVA_LONG, at + 8) / 1e6;
    }
}
