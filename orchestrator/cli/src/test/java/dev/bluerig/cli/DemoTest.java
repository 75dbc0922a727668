package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.report.Report;
import dev.bluerig.sim.Fault;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo, and machines of the simulated lab that are not as they should be; from factory state to accepted is `AcceptInSimTest`.
class DemoTest {
    @TempDir
    private Path directory;

    private CommandLineHarness.Result run(Path inventory, String... words) {
        var all = new java.util.ArrayList<>(List.of(words));
        all.addAll(List.of("-C", CommandLineHarness.repository().toString(), "-i", inventory.toString(), "--runs",
            directory.resolve("runs").toString()));
        return new CommandLineHarness(directory).run(LabCommands.SSH, all.toArray(String[]::new));
    }

    private Report last() throws IOException {
        try (var runs = Files.list(directory.resolve("runs"))) {
            Path run = runs.max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified())).orElseThrow();
            assertTrue(Files.readString(run.resolve("report.md")).contains("SIMULATED"));
            assertTrue(Files.readString(run.resolve("junit.xml")).contains("SIMULATED"));
            return Report.read("report.json", Files.readString(run.resolve("report.json")));
        }
    }

    @Test
    void a_dead_dpu_leaves_the_others_done_and_is_explained_from_its_host() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = lab.writeInventory(directory.resolve("lab"));
            lab.strike(new Fault.DeadDpu("dpu-b"));
            var apply = run(inventory, "apply");
            assertEquals(3, apply.exit(), apply.toString());
            assertTrue(apply.out().contains("dpu-b: unreachable"), apply.out());
            assertTrue(apply.out().contains("seen from host-b: tmfifo_net0"), apply.out());
            assertTrue(apply.out().contains("dpu-a: changed"), apply.out());
            assertTrue(last().counts().get("changed") >= 10, last().counts().toString());
            assertEquals(java.util.Map.of(), lab.unknownCommands());
        }
    }

    @Test
    void a_card_in_nic_mode_has_no_switch_plane_and_its_host_goes_on() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1).with(new Fault.NicMode("dpu-a")))) {
            Path inventory = lab.writeInventory(directory.resolve("lab"));
            String written = Files.readString(inventory);
            Files.writeString(inventory, written.replace("  dpu-a: {", "  dpu-a: {mode: nic, "));
            var apply = run(inventory, "apply", "--limit", "host-a,dpu-a");
            assertTrue(apply.out().contains("dpu-a: ok (dpu-a is in NIC mode: its switch plane is not ours)"), apply.toString());
            assertTrue(apply.out().contains("offload    host-a: changed"), apply.toString());
            assertTrue(last().run().traffic().keySet().stream().noneMatch("dpu-a"::equals),
                "nothing is wanted of it, so it is not dialled");
        }
    }

    @Test
    void the_demo_walks_through_and_ends_with_the_trial() throws IOException {
        for (String shipped : List.of("playbooks", "templates"))
            CommandLineHarness.copy(CommandLineHarness.repository().resolve(shipped), directory.resolve(shipped));
        SmallPayload.in(directory);
        var result = new CommandLineHarness(directory).run(LabCommands.SSH, "demo", "--runs", directory.resolve("runs").toString());
        assertEquals(0, result.exit(), result.toString());
        assertTrue(result.out().contains("$ bluerig accept"), result.out());
        assertTrue(result.out().contains("SIMULATED"), result.out());
        assertTrue(result.out().contains("trial: proof, each port alone") && result.out().contains("tx hardware, rx hardware"),
            result.out());
        assertTrue(result.err().isEmpty(), result.err());
        String end = result.out().substring(result.out().indexOf("The demo is over")).replaceAll("\\s+", " ");
        assertTrue(end.contains("its machines and their inventory are gone") && end.contains("bluerig lab sim up")
            && end.contains("bluerig runs --runs " + directory.resolve("runs") + " last"), end);
    }
}
