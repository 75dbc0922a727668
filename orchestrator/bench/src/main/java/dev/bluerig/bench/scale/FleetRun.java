package dev.bluerig.bench.scale;

import dev.bluerig.bench.measure.TimedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A run of bluerig on a simulated fleet.
///
/// - `cpu`, `wall`: seconds; with the launcher and the JVM's start.
/// - `heap`: bytes alive at the most, of a run that was watched; else 0.
/// - `threads`: of the operating system, of one process at the most.
/// - `lines`: on the console. `sizes`: bytes of what it left, by the file's name.
record FleetRun(int machines, Kind kind, double cpu, double wall, long heap, int threads, long lines, Map<String, Long> sizes) {
    static final List<String> FILES = List.of("report.html", "report.md", "report.json", "junit.xml", "journal.jsonl");

    enum Kind {
        FIRST, SECOND, WATCHED;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    FleetRun {
        sizes = Map.copyOf(sizes);
    }

    static FleetRun on(SimFleet fleet, Kind kind) throws IOException, InterruptedException {
        TimedCommand timed;
        var watch = ProcessWatch.withoutBelow(fleet.pid(), kind == Kind.WATCHED);
        try (watch) {
            timed = TimedCommand.run(fleet.directory().resolve("home"), fleet.apply(kind)).succeeded(kind.title());
        }
        if ((kind == Kind.FIRST) != timed.output().contains(" changed"))
            throw new IllegalStateException("the " + kind.title() + " run changed what it must not, or nothing:\n" + timed.output());
        var sizes = new TreeMap<String, Long>();
        Path left = fleet.runs(kind);
        for (String file : FILES) sizes.put(file, Files.size(left.resolve(file)));
        return new FleetRun(fleet.machines(), kind, timed.cpu(), timed.wall(), watch.heap(), watch.threads(),
            timed.output().lines().count(), sizes);
    }
}
