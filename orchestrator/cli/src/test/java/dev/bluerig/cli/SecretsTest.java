package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.sim.Fault;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No password is printed or written, whether it works or is refused.
class SecretsTest {
    private static final String RIGHT = "Kohlrabi-17-right";
    private static final String WRONG = "Kohlrabi-17-wrong";

    @TempDir
    private Path directory;

    private LabRuns runs(SimLab lab, String wanted, String written) throws IOException {
        Path inventory = lab.writeInventory(directory.resolve("lab"));
        Files.writeString(inventory, Files.readString(inventory).replace(wanted, written));
        return new LabRuns(directory.resolve("runs"), inventory, Duration.ofSeconds(30));
    }

    private static void keepsSilent(LabRuns.Left left) throws IOException {
        assertFalse(left.everything().contains("Kohlrabi"), left.everything());
    }

    @Test
    void of_sudo() throws IOException {
        try (var lab = SimLab.start(new SimTopology(1, false, RIGHT, List.of()))) {
            var left = runs(lab, RIGHT, WRONG).run("apply", "bring-up");
            assertEquals(3, left.exit(), left.out());
            assertTrue(left.out().contains("SUDO_PASSWORD_WRONG") && left.out().contains("password"), left.out());
            keepsSilent(left);
            var right = runs(lab, "", "");
            lab.strike(new Fault.FullDisk("host-b"));
            var full = right.run("apply", "bring-up");
            assertEquals(1, full.exit(), full.out());
            keepsSilent(full);
            lab.heal("host-b");
            var well = right.run("apply", "bring-up", "--output", "json");
            assertEquals(0, well.exit(), well.out());
            keepsSilent(well);
            keepsSilent(right.run("facts", "--limit", "host-a"));
            Path bundle = directory.resolve("b.zip");
            keepsSilent(right.run("bundle", "last", "--runs", directory.resolve("runs").toString(), "--to", bundle.toString()));
            try (var zip = FileSystems.newFileSystem(bundle); var all = Files.walk(zip.getPath("/"))) {
                for (Path file : all.filter(Files::isRegularFile).toList())
                    assertFalse(Files.readString(file).contains("Kohlrabi"), file.toString());
                Path facts = zip.getPath("bluerig-" + well.run().getFileName(), "facts.json");
                assertTrue(Files.readString(facts).contains("kernel-release"), "facts of the machines");
            }
        }
    }

    @Test
    void of_a_login() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            var left = runs(lab, "identity: identity, ", "password: " + WRONG + ", ").run("apply", "bring-up");
            assertEquals(3, left.exit(), left.out());
            assertTrue(left.out().contains("LOGIN_REFUSED"), left.out());
            keepsSilent(left);
        }
    }

    /// A variable that is not set and a file that is not there are told when the machine is dialled, as the outcome of that machine.
    @Test
    void that_are_missing_are_the_matter_of_their_machine_alone() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            var runs = runs(lab, "  dpu-b: {", "  dpu-b: {ssh: {sudo: password, sudo_password: {env: BLUERIG_TEST_NOT_SET}}, ");
            var left = runs.run("apply", "bring-up");
            assertEquals(3, left.exit(), left.out());
            missing(left, "dpu-b", "BLUERIG_TEST_NOT_SET");
            Path inventory = directory.resolve("lab/inventory.yaml");
            Files.writeString(inventory, Files.readString(inventory).replace("  dpu-b: {ssh: {sudo: password, sudo_password: {env:"
                + " BLUERIG_TEST_NOT_SET}}, ", "  dpu-b: {ssh: {identity: strange, password: {file: not-there}}, "));
            strangeKey(inventory.resolveSibling("strange"));
            missing(runs.run("apply", "bring-up"), "dpu-b", "not-there");
            Files.writeString(inventory, Files.readString(inventory).replace("  dpu-b: {ssh: {identity: strange, password: {file:"
                + " not-there}}, ", "  dpu-b: {ssh: {password: {file: not-there}}, "));
            assertEquals(0, runs.run("apply", "bring-up").exit(), "the key lets in, so nobody needs the password");
        }
    }

    /// A key that no machine takes: that of another lab.
    private void strangeKey(Path file) throws IOException {
        try (var other = SimLab.start(SimTopology.of(1))) {
            Path theirs = directory.resolve("other");
            other.writeInventory(theirs);
            Files.copy(theirs.resolve("identity"), file);
        }
    }

    private static void missing(LabRuns.Left left, String machine, String what) {
        var codes = new java.util.TreeMap<String, java.util.Set<String>>();
        left.report().run().plays().stream().flatMap(play -> play.tasks().stream()).forEach(task -> task.results().forEach((name, result) ->
            result.failure().ifPresent(failure -> codes.computeIfAbsent(name, first -> new java.util.TreeSet<>())
            .add(failure.code().name()))));
        assertEquals(java.util.Map.of(machine, java.util.Set.of("SECRET_MISSING")), codes, left.out());
        assertTrue(left.out().contains(what), left.out());
        for (String other : List.of("host-a", "host-b", "dpu-a"))
            assertTrue(left.report().run().traffic().containsKey(other), other + " went on");
    }
}
