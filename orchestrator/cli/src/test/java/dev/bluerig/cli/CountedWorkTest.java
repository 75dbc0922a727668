package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Session;
import dev.bluerig.report.FormerRun;
import dev.bluerig.report.Report;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the speed of bluerig rests on, counted and not timed: classes loaded, connections, shells, round trips and commands a machine.
/// A figure that grows is looked at before it is written here anew (docs/performance.md).
class CountedWorkTest {
    @TempDir
    private Path directory;

    /// Of classes that a process loads, those of ours and of libraries, by the beginning of their names.
    private List<String> loaded(String... words) throws IOException, InterruptedException {
        return all(words).stream().filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
            .toList();
    }

    private List<String> all(String... words) throws IOException, InterruptedException {
        Path log = directory.resolve("classes.txt");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:file=" + log, "-Xshare:off", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
            "-Dbluerig.home=" + CommandLineHarness.repository(), "dev.bluerig.cli.Main"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
            .redirectOutput(directory.resolve("printed.txt").toFile()).start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), Files.readString(directory.resolve("printed.txt")));
        return Files.readAllLines(log).stream().map(line -> line.substring(line.lastIndexOf("] ") + 2).split(" ")[0]).toList();
    }

    private static long of(List<String> loaded, String... packages) {
        return loaded.stream().filter(name -> List.of(packages).stream().anyMatch(name::startsWith)).count();
    }

    @Test
    void the_version_is_told_by_two_classes_of_ours() throws Exception {
        var loaded = loaded("--version");
        assertTrue(of(loaded, "dev.bluerig.") <= 3, loaded.toString());
        assertEquals(loaded("-V"), loaded);
        assertTrue(of(loaded, "com.", "org.", "jinjava.") == 0, loaded.toString());
        assertEquals("bluerig " + BuildVersion.text(), Files.readString(directory.resolve("printed.txt")).strip());
    }

    @Test
    void help_and_explain_load_nothing_of_ssh_or_of_labs() throws Exception {
        for (var words : List.of(List.of("--help"), List.of("explain", "ovs_bridge"))) {
            var loaded = loaded(words.toArray(String[]::new));
            assertEquals(0, of(loaded, "com.jcraft.", "org.apache.sshd.", "org.bouncycastle.", "dev.bluerig.sim."), loaded.toString());
        }
    }

    /// Annotations are read by classes that are made at run time, which no cache holds.
    @Test
    void help_reads_no_annotation() throws Exception {
        assertEquals(List.of(), all("--help").stream().filter(name -> name.contains(".$Proxy")).toList());
    }

    /// Of a machine in `bring-up`, which has one play for DPUs and four for hosts.
    private record Bounds(int roundTrips, int commands) {
        void hold(Session.Traffic machine, String shown) {
            assertEquals(1, machine.connections(), shown);
            assertEquals(1, machine.execs(), shown);
            assertTrue(machine.roundTrips() <= roundTrips && machine.commands() <= commands, shown);
        }
    }

    @Test
    void a_machine_costs_one_connection_one_shell_and_few_round_trips() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = lab.writeInventory(directory.resolve("lab"));
            assertCosts(inventory, new Bounds(12, 172), new Bounds(7, 128));
            assertCosts(inventory, new Bounds(6, 49), new Bounds(2, 28));
        }
    }

    private void assertCosts(Path inventory, Bounds host, Bounds dpu) throws IOException {
        assertEquals(0, run(inventory).exit());
        Map<String, Session.Traffic> costs = new TreeMap<>(last().run().traffic());
        host.hold(costs.get("host-a"), costs.toString());
        dpu.hold(costs.get("dpu-a"), costs.toString());
    }

    private CommandLineHarness.Result run(Path inventory) {
        return new CommandLineHarness(directory).run(LabCommands.SSH, "apply", "bring-up", "-C", CommandLineHarness.repository().toString(),
            "-i", inventory.toString(), "--runs", directory.resolve("runs").toString());
    }

    /// By its journal: two runs of one second are not in the order of their names.
    private Report last() {
        return FormerRun.all(directory.resolve("runs")).getLast().report();
    }
}
