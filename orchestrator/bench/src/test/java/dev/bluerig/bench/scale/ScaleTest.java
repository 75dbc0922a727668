package dev.bluerig.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That a run is metered and what it left is found; what it costs is not for a test to say.
final class ScaleTest {
    @Test
    @NeedsLab("bash")
    void the_runs_of_a_pair_change_something_and_then_nothing_and_are_metered(@TempDir Path directory) throws Exception {
        var java = List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", System.getProperty("java.class.path"),
            "dev.bluerig.cli.Main");
        var runs = new ArrayList<FleetRun>();
        try (var fleet = SimFleet.up(java, Path.of("../..").toRealPath(), directory, 1)) {
            // throws when the first changes nothing, or another something
            for (FleetRun.Kind kind : FleetRun.Kind.values()) runs.add(FleetRun.on(fleet, kind));
        }
        for (FleetRun run : runs) {
            assertEquals(4, run.machines());
            assertTrue(run.cpu() > 0 && run.threads() > 1 && run.lines() > 1, run.toString());
            assertEquals(run.kind() == FleetRun.Kind.WATCHED, run.heap() > 0, run.toString());
            FleetRun.FILES.forEach(file -> assertTrue(run.sizes().get(file) > 0, file));
        }
        assertEquals(2 + runs.size(), new ScaleTable(runs).markdown().lines().count());
        assertTrue(new ScaleTable(runs).json().toString().contains("\"live_heap_bytes\""));
    }
}
