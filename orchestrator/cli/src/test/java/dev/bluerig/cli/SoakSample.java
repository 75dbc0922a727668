package dev.bluerig.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/// What this process holds when all is over and garbage is collected. `heap` in KiB; `files`: what lies in the directory of temporary
/// files.
record SoakSample(long threads, long descriptors, long files, long heap) {
    static SoakSample now() throws IOException {
        for (int i = 0; i < 3; i++) System.gc();
        var runtime = Runtime.getRuntime();
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount() : 0;
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new SoakSample(ManagementFactory.getThreadMXBean().getThreadCount(), descriptors,
                files.filter(file -> file.getFileName().toString().startsWith("bluerig")).count(),
                (runtime.totalMemory() - runtime.freeMemory()) >> 10);
        }
    }

    /// The most of the last half of the samples over the most of the first half, the first sample aside: it is of a cold process.
    static long growth(List<SoakSample> samples, ToLongFunction<SoakSample> what) {
        int half = 1 + samples.size() / 2;
        return most(samples.subList(half, samples.size()), what) - most(samples.subList(1, half), what);
    }

    /// Of what other processes have a hand in, too: what is left behind stays, and theirs comes and goes.
    static long lastingGrowth(List<SoakSample> samples, ToLongFunction<SoakSample> what) {
        int half = 1 + samples.size() / 2;
        return samples.subList(half, samples.size()).stream().mapToLong(what).min().orElseThrow() - most(samples.subList(1, half), what);
    }

    static long most(List<SoakSample> samples, ToLongFunction<SoakSample> what) {
        return samples.stream().mapToLong(what).max().orElseThrow();
    }
}
