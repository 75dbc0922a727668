package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FlagFleet;
import dev.bluerig.remote.Dialer;
import dev.bluerig.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command line makes of runs on many machines, which know flags alone: its words, files and exit codes. What becomes of each task
/// on each machine is proven by `RunTest`.
class FleetTest {
    @TempDir
    private Path directory;
    private CommandLineHarness harness;
    private final FlagFleet fleet = new FlagFleet("node-017");

    @BeforeEach
    void files() throws IOException {
        harness = new CommandLineHarness(directory);
        harness.write("inventory/fleet.yaml", """
            machines:
              "node-[001:200]": {kind: host, address: "10.0.0.[1:200]", ssh: {user: lab}}
            """);
        harness.write("playbooks/p.yaml", """
            - play: first
              machines: all
              tasks:
                - command: {run: [touch, /one], unless: [test, -e, /one], because: a flag}
                - command: {run: [touch, /two], unless: [test, -e, /two], because: a flag}
            - play: second
              machines: all
              tasks:
                - command: {run: [touch, /three], unless: [test, -e, /three], because: a flag}
            """);
    }

    private Path lastRun() throws IOException {
        try (var runs = Files.list(directory.resolve("runs"))) {
            return runs.sorted().toList().getLast();
        }
    }

    private Report last() throws IOException {
        Path file = lastRun().resolve("report.json");
        return Report.read(file.toString(), Files.readString(file));
    }

    @Test
    void one_dead_machine_leaves_the_others_done_and_is_one_line() throws IOException {
        var result = harness.run(CommandLineHarness.fake(fleet), "apply", "p");
        assertEquals(3, result.exit(), result.toString());
        assertTrue(result.out().contains("node-[001:016], node-[018:200]: changed [a command of the user's own]"), result.out());
        assertTrue(result.out().contains("node-017: unreachable"), result.out());
        assertTrue(result.out().contains("CONNECT_TIMEOUT"), result.out());
        assertTrue(result.out().contains("node-017: skipped (`command` of the play \"first\" unreachable (CONNECT_TIMEOUT))"),
            result.out());
        assertTrue(result.out().contains("597 changed, 1 unreachable, 2 skipped"), result.out());
    }

    @Test
    void a_limit_names_the_only_machines_that_are_dialled() {
        assertEquals(2, harness.run(CommandLineHarness.fake(fleet), "check", "p", "--limit", "node-[001:003]").exit());
        assertEquals(3, fleet.dialled().size());
        assertEquals(Set.of(), fleet.flags());
    }

    @Test
    void a_saved_plan_is_read_again_and_binds() throws IOException {
        String[] only = {"--limit", "node-001,node-002"};
        assertEquals(2, harness.run(CommandLineHarness.fake(fleet), "check", "p", "--save", "plan.json", only[0], only[1]).exit());
        var plan = Files.readString(directory.resolve("plan.json"));
        assertTrue(plan.contains("node-002"), plan);
        harness.write("plan.json", plan.replace("node-002", "node-003"));
        var result = harness.run(CommandLineHarness.fake(fleet), "apply", "p", "--plan", "plan.json", only[0], only[1]);
        assertEquals(1, result.exit(), result.toString());
        assertTrue(result.out().contains("NOT_IN_PLAN"), result.out());
        assertEquals(Set.of("node-001/one", "node-001/two", "node-001/three"), fleet.flags());
    }

    @Test
    void a_plan_of_a_playbook_that_was_edited_or_of_another_inventory_is_refused_before_dialling() throws IOException {
        assertEquals(2, harness.run(CommandLineHarness.fake(fleet), "check", "p", "--save", "plan.json", "--limit", "node-001").exit());
        String playbook = Files.readString(directory.resolve("playbooks/p.yaml"));
        harness.write("playbooks/other.yaml", playbook.replace("[touch, /two]", "[touch, /evil]"));
        var other = harness.run(CommandLineHarness.never(), "apply", "other", "--plan", "plan.json", "--limit", "node-001");
        assertEquals(4, other.exit(), other.toString());
        assertTrue(other.err().contains("the plan is of the playbook ") && other.err().contains("other.yaml"), other.err());
        harness.write("playbooks/p.yaml", playbook.replace("[touch, /two]", "[touch, /evil]"));
        var edited = harness.run(CommandLineHarness.never(), "apply", "p", "--plan", "plan.json", "--limit", "node-001");
        assertEquals(4, edited.exit(), edited.toString());
        assertTrue(edited.err().contains("has changed since the plan was made"), edited.err());
        harness.write("playbooks/p.yaml", "# a comment is no change\n" + playbook);
        String inventory = Files.readString(directory.resolve("inventory/fleet.yaml"));
        harness.write("inventory/fleet.yaml", inventory.replace("10.0.0.[1:200]", "10.0.1.[1:200]"));
        assertTrue(harness.run(CommandLineHarness.never(), "apply", "p", "--plan", "plan.json", "--limit", "node-001").err()
            .contains("the inventory "));
        harness.write("inventory/fleet.yaml", inventory);
        assertEquals(0, harness.run(CommandLineHarness.fake(fleet), "apply", "p", "--plan", "plan.json", "--limit", "node-001").exit());
    }

    @Test
    void what_cannot_be_kept_is_said_with_what_became_of_the_machines_and_is_no_defect() throws IOException {
        assertEquals(4, harness.run(CommandLineHarness.never(), "check", "p", "--save", "absent/plan.json").exit(),
            "before anything is asked");
        var result = harness.run(CommandLineHarness.fake((machine, way) -> {
            blockReports();
            return fleet.dial(machine, way);
        }), "apply", "p", "--limit", "node-001");
        assertEquals(1, result.exit(), result.toString());
        assertTrue(result.out().contains("3 changed") && result.err().contains("JOURNAL_UNWRITABLE: not everything of this run could be"
            + " kept: report.json: ") && result.out().contains("report.md"), result.toString());
    }

    /// In the place of a full disk: the report's name is taken by what cannot be replaced.
    private void blockReports() {
        try {
            Files.createDirectories(lastRun().resolve("report.json").resolve("taken"));
        } catch (IOException unable) {
            throw new java.io.UncheckedIOException(unable);
        }
    }

    @Test
    void an_interrupted_run_says_so_by_words_and_exit_code() throws IOException {
        var result = harness.run(CommandLineHarness.fake(fleet), () -> !fleet.flags().isEmpty(), "apply", "p", "--limit", "node-001");
        assertEquals(130, result.exit(), result.toString());
        assertTrue(result.out().contains("node-001: skipped (interrupted)"), result.out());
        assertTrue(last().run().interrupted());
    }

    @Test
    void a_run_leaves_its_evidence_and_reports_and_is_shown_later() throws IOException {
        harness.run(CommandLineHarness.fake(fleet), "apply", "p", "--limit", "node-001");
        Path run = lastRun();
        assertTrue(Files.exists(run.resolve("evidence/node-001/01-01-command.txt")));
        assertTrue(Files.readString(run.resolve("report.md")).contains("a command of the user's own"));
        assertTrue(Files.readString(run.resolve("junit.xml")).startsWith("<?xml"));
        assertTrue(harness.run(CommandLineHarness.never(), "runs").out().contains("apply"));
        assertTrue(harness.run(CommandLineHarness.never(), "runs", "last").out().contains("3 changed"));
    }

    @Test
    void json_on_the_standard_output_is_the_report_and_nothing_else() {
        var result = harness.run(CommandLineHarness.fake(fleet), "check", "p", "--limit", "node-001", "--output", "json");
        assertEquals(2, result.exit());
        assertEquals(3, Report.read("stdout", result.out()).counts().get("would change"));
    }

    @Test
    void our_own_bug_is_a_file_and_the_others_go_on() throws IOException {
        Dialer dialer = (machine, way) -> {
            if (machine.name().equals("node-002")) throw new IllegalStateException("a bug of ours");
            return fleet.dial(machine, way);
        };
        var result = harness.run(CommandLineHarness.fake(dialer), "apply", "p", "--limit", "node-[001:003]");
        assertEquals(70, result.exit(), result.toString());
        assertTrue(result.err().contains("this is a defect of bluerig, please send us"), result.err());
        assertTrue(result.out().contains("node-001, node-003: changed"), result.out());
        assertEquals(6, fleet.flags().size());
        assertEquals("INTERNAL", last().run().plays().getFirst().tasks().getFirst().results().get("node-002").failure().orElseThrow()
            .code().name(), "the report is kept");
    }
}
