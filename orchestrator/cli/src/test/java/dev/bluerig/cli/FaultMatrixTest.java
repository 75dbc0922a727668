package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.TaskResult;
import dev.bluerig.sim.Fault;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.ProgramFault;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.SimLink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Faults x (check, apply, apply again), on simulated machines: each fault strikes a host or its DPU, two sides make a pair, and all are in
/// the same three runs. What another test holds is named in docs/faults.md, and not here.
class FaultMatrixTest {
    private static final Duration TWO_YEARS = Duration.ofDays(730);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// `fault`: of the machine of this name; `kind`: `host` or `dpu`.
    private record Row(InjectedFault injected, String kind, Function<String, Fault> fault) {
        Fault at(int side) {
            return fault.apply(kind + "-%03d".formatted(side));
        }
    }

    private static Row host(String name, String check, String apply, String again, Function<String, Fault> fault) {
        return new Row(new InjectedFault(name, check, apply, again), "host", fault);
    }

    private static Row dpu(String name, String check, String apply, String again, Function<String, Fault> fault) {
        return new Row(new InjectedFault(name, check, apply, again), "dpu", fault);
    }

    private static final List<Row> ROWS = List.of(
        host("disk full", "would change", "REMEDY_FAILED", "changed", Fault.FullDisk::new),
        host("disk read-only", "would change", "REMEDY_FAILED", "changed", Fault.RefusedWrites::new),
        host("slow tools", "would change", "changed", "ok", host -> new Fault.Slow(host, Duration.ofMillis(10))),
        host("a tool prints 50 MB", "would change", "changed", "ok", host -> new Fault.BrokenProgram(host, "mst", ProgramFault.CHATTY)),
        host("a tool eats its input", "would change", "changed", "ok",
        host -> new Fault.BrokenProgram(host, "ip", ProgramFault.EATS_INPUT)),
        host("something eats the text of a file", "would change", "STILL_DIFFERENT", "changed",
        host -> new Fault.BrokenProgram(host, "install", ProgramFault.EATS_INPUT)),
        host("a tool leaves a process behind", "would change", "changed", "ok",
        host -> new Fault.BrokenProgram(host, "systemctl", ProgramFault.LEAVES_CHILD)),
        host("no more processes for a tool", "would change", "REMEDY_FAILED", "changed",
        host -> new Fault.BrokenProgram(host, "install", ProgramFault.NO_PROCESS)),
        host("no memory for a tool", "would change", "REMEDY_FAILED", "changed",
        host -> new Fault.BrokenProgram(host, "modprobe", ProgramFault.NO_MEMORY)),
        host("no memory for a tool that is asked", "STATE_UNKNOWN", "STATE_UNKNOWN", "changed",
        host -> new Fault.BrokenProgram(host, "ip", ProgramFault.NO_MEMORY)),
        host("host reboots while links are set up", "would change", "CONNECTION_LOST", "changed",
        host -> new Fault.Reboot(host, "mtu 9000")),
        dpu("DPU reboots while Open vSwitch is set up", "would change", "CONNECTION_LOST", "changed",
        dpu -> new Fault.Reboot(dpu, "hw-offload=true")),
        dpu("DPU reboots while bridges are rebuilt", "would change", "CONNECTION_LOST", "changed",
        dpu -> new Fault.Reboot(dpu, "del-br")),
        dpu("DPU reboots while links are set up", "would change", "CONNECTION_LOST", "changed",
        dpu -> new Fault.Reboot(dpu, "mtu 9216")),
        dpu("ovs-vswitchd killed before its restart", "would change", "changed", "ok",
        dpu -> new Fault.SwitchKilled(dpu, "hw-offload=true")),
        dpu("ovs-vswitchd killed while bridges are rebuilt", "would change", "REMEDY_FAILED", "changed",
        dpu -> new Fault.SwitchKilled(dpu, "del-br")),
        host("clock of a host two years ahead", "would change", "changed", "ok", host -> new Fault.ClockOff(host, TWO_YEARS)),
        dpu("clock of a DPU two years behind", "would change", "changed", "ok", dpu -> new Fault.ClockOff(dpu, TWO_YEARS.negated())));

    @TempDir
    Path directory;

    @Test
    void the_document_has_these_rows_and_no_other() throws IOException {
        assertEquals(ROWS.stream().map(row -> row.injected().documented()).toList(), InjectedFault.documented("The matrix"));
    }

    @Test
    void every_fault_ends_by_a_name_and_is_healed_by_a_rerun() throws IOException {
        int pairs = (ROWS.size() + 1) / 2 + 1;   // the last one is not struck
        try (SimLab lab = SimLab.start(new SimTopology(pairs, false, "", List.of()))) {
            var runs = new LabRuns(directory.resolve("runs"), lab.writeInventory(directory.resolve("lab")), PATIENCE);
            // a check of machines whose DPUs have no way yet sees little
            assertEquals(0, runs.run("apply", "dpu-way", "--limit", "hosts").exit());
            for (int row = 0; row < ROWS.size(); row++) lab.strike(ROWS.get(row).at(row + 1));
            var check = runs.run("check", "bring-up");
            var apply = runs.run("apply", "bring-up");
            for (int row = 0; row < ROWS.size(); row++) lab.heal(ROWS.get(row).at(row + 1).machine());
            var again = runs.run("apply", "bring-up");
            var seen = new ArrayList<InjectedFault.Seen>();
            for (int row = 0; row < ROWS.size(); row++) seen.add(seen(lab, ROWS.get(row), row + 1, check, apply, again));
            String table = InjectedFault.table("simulated machines", seen);
            System.out.println(table);
            assertTrue(seen.stream().allMatch(InjectedFault.Seen::asExpected), () -> table + "\n" + apply.out() + again.out());
            assertEquals(0, again.exit(), again.out());   // healed, every one
            assertTrue(results(apply, side(2 * pairs)).stream().allMatch(FaultMatrixTest::isDone), apply.out());
            assertEquals(Map.of(), lab.unknownCommands(), "nothing is proven by commands that the lab does not model");
        }
    }

    private static List<String> side(int number) {
        return List.of("host-%03d".formatted(number), "dpu-%03d".formatted(number));
    }

    /// A fault of a DPU leaves its host done, but for cables whose other end is out.
    private static InjectedFault.Seen seen(SimLab lab, Row row, int side, LabRuns.Left check, LabRuns.Left apply, LabRuns.Left again) {
        String machine = row.at(side).machine();
        List<String> others = row.kind().equals("dpu") ? List.of("host-%03d".formatted(side)) : List.of();
        boolean survived = results(apply, others).stream().allMatch(FaultMatrixTest::isDone);
        var harmed = new ArrayList<String>();
        for (String each : side(side)) harmed.addAll(harm(lab.machine(each)));
        return new InjectedFault.Seen(row.injected(), word(check, machine), word(apply, machine), word(again, machine), survived, harmed);
    }

    /// Done, or skipped because the other end of a cable is out.
    private static boolean isDone(TaskResult result) {
        return List.of(OutcomeStatus.OK, OutcomeStatus.CHANGED, OutcomeStatus.SKIPPED).contains(result.outcome());
    }

    private static List<TaskResult> results(LabRuns.Left left, List<String> machines) {
        return left.report().run().plays().stream().flatMap(play -> play.tasks().stream())
            .flatMap(task -> machines.stream().filter(task.results()::containsKey).map(task.results()::get)).toList();
    }

    /// The first code that is not a consequence of another, else the gravest word.
    private static String word(LabRuns.Left left, String machine) {
        var results = results(left, List.of(machine));
        return results.stream().flatMap(result -> result.failure().stream()).map(failure -> failure.code().name()).findFirst()
            .orElseGet(() -> List.of(OutcomeStatus.WOULD_CHANGE, OutcomeStatus.CHANGED, OutcomeStatus.OK).stream()
            .filter(word -> results.stream().anyMatch(result -> result.outcome() == word)).findFirst().orElseThrow().text());
    }

    /// What nobody wanted, by the model: a half-written file, a way in or a port of somebody else that is gone.
    private static List<String> harm(SimMachine machine) {
        var harm = new ArrayList<String>();
        leftovers(machine, "/etc", harm);
        boolean host = machine.kind() == SimMachine.Kind.HOST;
        SimLink way = machine.links().find(host ? "eno1" : "tmfifo_net0").orElseThrow();
        if (!way.isUp() || way.addresses().isEmpty()) harm.add(machine.name() + ": the way in is gone");
        if (!host)
            for (String port : List.of("en3f0pf0sf0", "en3f1pf1sf0"))
                if (!machine.ovs().holds(port)) harm.add(machine.name() + ": " + port + " is on no bridge");
        return harm;
    }

    private static void leftovers(SimMachine machine, String directory, List<String> found) {
        try {
            for (String name : machine.files().list(directory)) {
                if (name.contains("bluerig-new")) found.add(machine.name() + ": " + directory + "/" + name);
                if (machine.files().find(directory + "/" + name, false).orElseThrow().isDirectory())
                    leftovers(machine, directory + "/" + name, found);
            }
        } catch (FileError unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
