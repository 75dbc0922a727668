package dev.bluerig.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That both programs do the same job, on real machines; how fast is not for a test to say.
final class JobComparisonTest {
    @Test
    @NeedsNamespaceLab
    void both_end_equal_and_a_second_run_changes_nothing(@TempDir Path parent) throws Exception {
        try (var fleet = Fleet.up(parent.resolve("lab"), 1)) {
            var before = fleet.states();
            var java = List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
                System.getProperty("java.class.path"), "dev.bluerig.cli.Main");
            var shell = Job.shell(parent.resolve("shell"), fleet);
            var bluerig = Job.bluerig(parent.resolve("bluerig"), fleet, java);
            shell.run(fleet, true);
            var wanted = fleet.states();
            assertTrue(wanted.get("host-a").contains("mtu 9000") && wanted.get("host-a").contains("192.0.2.1/30"), wanted.get("host-a"));
            bluerig.run(fleet, false);      // throws when it finds something to do after the other one
            fleet.reset();
            assertEquals(before, fleet.states());
            var comparison = new JobComparison(fleet, List.of(shell, bluerig));
            for (JobComparison.Series series : comparison.run(1, () -> {})) {    // throws when their ends differ
                assertTrue(series.first().getFirst().managed() > 0, "machines were metered");
                assertTrue(series.second().getFirst().controller() > 0, "the controller was metered");
            }
        }
    }
}
