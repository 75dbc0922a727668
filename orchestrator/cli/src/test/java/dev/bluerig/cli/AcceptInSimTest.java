package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From factory state to the verdict, in the simulated lab, through real SSH.
@Timeout(300)
class AcceptInSimTest {
    @TempDir
    private Path directory;

    private CommandLineHarness.Said run(Path inventory, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-C", CommandLineHarness.repository().toString(), "-i", inventory.toString(), "--runs", directory.resolve("runs").toString()));
        return new CommandLineHarness(directory).run(LabCommands.SSH, all.toArray(String[]::new));
    }

    @Test
    void from_factory_state_to_a_hardware_verdict() throws IOException {
        SmallPayload.in(directory);
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = lab.writeInventory(directory.resolve("lab"));
            assertEquals(0, run(inventory, "apply").exit());
            var accept = run(inventory, "accept");
            assertEquals(Map.of(), lab.unknownCommands(), accept.toString());
            assertEquals(0, accept.exit(), accept.out() + accept.err());
        }
    }
}
