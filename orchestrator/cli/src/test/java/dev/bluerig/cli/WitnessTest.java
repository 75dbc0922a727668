package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bluerig witness` around commands of the user's own, on the simulated lab.
class WitnessTest {
    @TempDir
    private Path directory;

    private CommandLineHarness.Result witness(Path inventory, String... words) {
        var all = new ArrayList<>(List.of("witness", "-C", CommandLineHarness.repository().toString(), "-i", inventory.toString()));
        all.addAll(List.of(words));
        return new CommandLineHarness(directory).run(LabCommands.SSH, all.toArray(String[]::new));
    }

    @Test
    void a_command_that_carries_nothing_is_no_proof_and_its_exit_status_is_told() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = lab.writeInventory(directory.resolve("lab"));
            var result = witness(inventory, "--pair", "bench", "--", "sh", "-c", "exit 7");
            assertEquals(1, result.exit(), result.toString());
            assertTrue(result.out().contains("witnessed: cable bench 0"), result.out());
            assertTrue(result.out().contains("the command ended with 7"), result.out());
            for (String half : List.of("tx of host-a: unknown", "rx of host-a: unknown", "tx of host-b: unknown", "rx of host-b: unknown"))
                assertTrue(result.out().contains(half), result.out());
            assertTrue(result.out().contains("connections of kernel TLS on host-a: none was seen"), result.out());
            assertTrue(result.out().contains("SIMULATED"), result.out());
            assertEquals(java.util.Map.of(), lab.unknownCommands());
        }
    }

    @Test
    void its_time_ends_a_command_and_a_look_without_one() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = lab.writeInventory(directory.resolve("lab"));
            assertTrue(witness(inventory, "--pair", "bench", "--seconds", "1", "--", "sleep", "600").out().contains("(stopped)"));
            assertTrue(witness(inventory, "--pair", "bench", "--cable", "1", "--seconds", "1").out().contains("cable bench 1"));
        }
    }

    @Test
    void what_cannot_be_meant_is_said_before_anything_is_connected() throws IOException {
        Path inventory = CommandLineHarness.repository().resolve("inventory/bench.yaml");
        assertTrue(witness(inventory, "--pair", "bnech", "--", "true").err().contains("did you mean `bench`?"));
        assertTrue(witness(inventory, "--pair", "bench", "--cable", "2", "--", "true").err().contains("has 2 cables"));
        var nothing = witness(inventory, "--pair", "bench");
        assertEquals(4, nothing.exit());
        assertTrue(nothing.err().contains("a command after `--`, or --seconds N"), nothing.err());
    }

    @Test
    void a_command_that_does_not_exist_is_bad_input() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            var result = witness(lab.writeInventory(directory.resolve("lab")), "--pair", "bench", "--", "no-such-command-anywhere");
            assertEquals(4, result.exit(), result.toString());
            assertTrue(result.err().contains("cannot run no-such-command-anywhere"), result.err());
        }
    }
}
