package dev.bluerig.bench;

import dev.bluerig.bench.fleet.Fleet;
import dev.bluerig.bench.fleet.Fleet.Meter;
import dev.bluerig.bench.measure.RemainingProcesses;
import dev.bluerig.bench.measure.MemoryPeak;
import dev.bluerig.bench.measure.TimedCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// One way to do the job on a fleet. `changes`: how it says what it changed, a number in the first group.
record ComparedTool(String name, Path directory, List<String> command, Pattern changes) {
    /// Runs it once; `changing`: whether it must find something to do, which is checked.
    Cost run(Fleet fleet, boolean changing) throws IOException, InterruptedException {
        Meter before = fleet.meter();
        TimedCommand timed;
        double memory;
        try (var peak = MemoryPeak.of(fleet::strangers)) {
            timed = TimedCommand.run(directory.resolve("home"), List.of("nsenter", "--net=" + fleet.network(), "--"), command);
            memory = peak.megabytes();
        }
        double left = RemainingProcesses.end(fleet.strangers());
        timed.succeeded(name);
        int changed = changes.matcher(timed.output()).results().map(MatchResult::group).map(text -> text.replaceAll("\\D", ""))
            .mapToInt(Integer::parseInt).sum();
        if (changing != changed > 0)
            throw new IllegalStateException(name
                + (changing ? " changed nothing in its first run:\n" : " changed something in its second run:\n") + timed.output());
        Meter used = fleet.meter().since(before);
        return new Cost(timed.wall(), timed.cpu() + left, used.cpu(), memory, used.connections(), used.execs());
    }
}
