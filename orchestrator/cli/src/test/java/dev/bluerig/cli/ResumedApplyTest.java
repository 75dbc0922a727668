package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FlagFleet;
import dev.bluerig.report.FormerRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `apply --resume` takes from the run what is not given, and names in its own record the run that it goes on with.
class ResumedApplyTest {
    private static final String PLAYBOOK = """
        - play: flags
          machines: all
          tasks:
            - command: {run: [touch, /one], unless: [test, -e, /one], because: a flag}
            - command: {run: [touch, /two], unless: [test, -e, /two], because: a flag}
        """;

    @TempDir
    private Path directory;
    private CommandLineHarness harness;
    private final FlagFleet fleet = new FlagFleet();

    /// One of two machines, one of two tasks: then somebody pressed Ctrl-C.
    @BeforeEach
    void interrupted() throws IOException {
        harness = new CommandLineHarness(directory);
        for (String lab : new String[] {"one", "two"}) harness.write("inventory/" + lab + ".yaml",
            "machines: {\"node-[1:2]\": {kind: host, address: \"10.0.0.[1:2]\", ssh: {user: lab}}}\n");
        harness.write("playbooks/p.yaml", PLAYBOOK);
        var left = harness.run(CommandLineHarness.fake(fleet), () -> !fleet.flags().isEmpty(), "apply", "p", "-i", "one", "--limit",
            "node-2");
        assertEquals(130, left.exit(), left.toString());
        assertEquals(Set.of("node-2/one"), fleet.flags());
    }

    private CommandLineHarness.Result resumed(String... more) {
        var words = new ArrayList<>(List.of("apply", "--resume", "last"));
        words.addAll(List.of(more));
        return harness.run(CommandLineHarness.fake(fleet), words.toArray(String[]::new));
    }

    private FormerRun last() {
        return FormerRun.all(directory.resolve("runs")).getLast();
    }

    @Test
    void it_needs_nothing_but_the_run_and_says_which_it_was() {
        String former = last().name();
        harness.run(CommandLineHarness.fake(fleet), "check", "p", "-i", "two");
        var left = resumed();
        assertEquals(0, left.exit(), left.toString());
        assertEquals(Set.of("node-2/one", "node-2/two"), fleet.flags(), "as limited then");
        assertTrue(left.out().startsWith("resuming " + former + ", where 1 tasks were done: all are asked for again\n"), left.out());
        var run = last().report().run();
        assertEquals(former, run.resumes().orElseThrow());
        assertEquals("inventory/one.yaml playbooks/p.yaml", directory.relativize(Path.of(run.inventory())) + " "
            + directory.relativize(Path.of(run.playbook())));
        assertTrue(harness.run(CommandLineHarness.never(), "runs").out().lines().toList().getLast().endsWith("exit 0  resumes " + former));
        var again = harness.run(CommandLineHarness.never(), "apply", "--resume", "last");
        assertEquals(4, again.exit(), again.toString());
        assertTrue(again.err().contains("it ended well"), again.err());
    }

    @Test
    void another_playbook_of_the_same_name_must_be_named() throws IOException {
        harness.write("playbooks/p.yaml", "# a remark\n" + PLAYBOOK.replace("/two]", "/three]"));
        var refused = resumed();
        assertEquals(4, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("p.yaml (or what it is made of) has changed since ")
            && refused.err().contains("name it (PLAYBOOK)"), refused.err());
        var left = resumed("p", "--limit", "all");
        assertEquals(0, left.exit(), left.toString());
        assertTrue(left.err().contains("note: the playbook ") && left.err().contains("was for node-2, this is for all"), left.err());
        assertTrue(fleet.flags().contains("node-1/three"), fleet.flags().toString());
    }

    @Test
    void a_run_that_is_not_there_is_told() throws IOException {
        var left = harness.run(CommandLineHarness.never(), "apply", "--resume", "2020");
        assertEquals(4, left.exit(), left.toString());
        assertTrue(left.err().contains("no run begins with 2020"), left.err());
        Files.delete(directory.resolve("inventory/one.yaml"));
        var lost = harness.run(CommandLineHarness.never(), "apply", "--resume", "last");
        assertTrue(lost.exit() == 4 && lost.err().contains("inventory/one.yaml: there is no such inventory"), lost.toString());
    }
}
