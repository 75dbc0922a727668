package dev.bluerig.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.bench.fleet.Fleet;
import dev.bluerig.bench.fleet.FleetPlan;
import dev.bluerig.bench.fleet.Way;
import dev.bluerig.cases.NeedsNamespaceLab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That all tools do the same job, on real machines; how fast is not for a test to say.
final class JobComparisonTest {
    @ParameterizedTest
    @EnumSource
    @NeedsNamespaceLab
    void all_end_equal_and_a_second_run_changes_nothing(Way way, @TempDir Path parent) throws Exception {
        comparison(way, parent, List.of("clustershell"));
    }

    /// Ansible alone takes longer than all others.
    @Test
    @Tag("long")
    @NeedsNamespaceLab
    void peers_end_equal_too(@TempDir Path parent) throws Exception {
        comparison(Way.DIRECT, parent, List.of("ansible", "ansible-mitogen"));
    }

    private static void comparison(Way way, Path parent, List<String> peers) throws Exception {
        try (var fleet = Fleet.up(parent.resolve("fleet"), new FleetPlan(2, way))) {
            var before = fleet.states();
            var java = List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
                System.getProperty("java.class.path"), "dev.bluerig.cli.Main");
            var tools = new ComparedTools(parent, fleet);
            var chosen = new ArrayList<>(List.of(tools.floor(), tools.bluerig(java)));
            for (Peers.Peer peer : new Peers(parent, fleet).all()) if (peers.contains(peer.name())) chosen.addAll(peer.tool());
            // throws when a first run changes nothing, a second something, or ends differ
            for (JobComparison.Series series : new JobComparison(fleet, chosen).run(1, () -> {})) {
                Cost first = series.first().getFirst();
                assertTrue(first.managed() > 0, "machines were metered");
                assertTrue(first.controller() > 0, "the controller was metered");
                assertTrue(first.memory() > 1, "its memory was looked at");
                assertTrue(first.connections() >= 2, series.name());
                if (!series.name().equals("ansible")) assertEquals(2, first.execs(), series.name());
            }
            assertEquals(before, fleet.states());
        }
    }
}
