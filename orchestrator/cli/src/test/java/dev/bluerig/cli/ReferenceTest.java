package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.playbook.ExplainPages;
import dev.bluerig.report.TaskReference;
import dev.bluerig.trial.verdict.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is shipped beside the code follows the code.
class ReferenceTest {
    @Test
    void the_task_reference_is_what_the_records_say() throws IOException {
        Path page = CommandLineHarness.repository().resolve("orchestrator/docs/tasks.md");
        assertEquals(TaskReference.of(ExplainCommand.guide()), Files.exists(page) ? Files.readString(page) : "",
            "write it anew: ./bluerig explain --reference > orchestrator/docs/tasks.md");
    }

    @Test
    void all_that_is_shipped_has_no_fault() {
        var result = new CommandLineHarness(CommandLineHarness.repository()).run(CommandLineHarness.never(), "lint");
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains("bring-up.yaml: 5 plays for 2 hosts and 2 DPUs, no fault"), result.out());
    }

    @Test
    void every_task_and_every_code_can_be_explained() {
        var harness = new CommandLineHarness(CommandLineHarness.repository());
        var guide = ExplainCommand.guide();
        guide.tasks().keySet().forEach(task -> assertEquals(0, harness.run(CommandLineHarness.never(), "explain", task).exit(), task));
        guide.codes()
            .forEach(code -> assertTrue(harness.run(CommandLineHarness.never(), "explain", code.name()).out().contains(code.next()),
            code.name()));
        assertEquals(4, harness.run(CommandLineHarness.never(), "explain", "interfcae").exit());
        assertEquals(guide.codes().stream().map(Code::name).distinct().count(), guide.codes().size(), "a code means one thing");
    }

    @Test
    void the_trial_and_its_witnesses_can_be_explained() {
        var harness = new CommandLineHarness(CommandLineHarness.repository());
        String trial = harness.run(CommandLineHarness.never(), "explain", "trial").out();
        for (String field : List.of("load", "version", "matrix", "flip", "expect", "line_rate", "bars", "listen"))
            assertTrue(trial.contains(" " + field + " ("), field + ": " + trial);
        String witnesses = harness.run(CommandLineHarness.never(), "explain", "witnesses").out();
        for (Witness witness : Witness.values()) assertTrue(witnesses.contains(witness.text()), witness.name());
        assertTrue(harness.run(CommandLineHarness.never(), "explain").out().contains("trial "), "the list names it");
    }

    @Test
    void every_example_can_be_written_in_a_playbook(@TempDir Path directory) throws IOException {
        var playbook = new StringBuilder("- play: examples\n  machines: all\n  tasks:\n");
        ExplainCommand.guide().tasks().forEach((name, task) -> playbook.append(ExplainPages.example(name, task).indent(4)));
        var harness = new CommandLineHarness(directory);
        harness.write("inventory/lab.yaml", "machines: {host-a: {kind: host, address: 192.0.2.10, ssh: {user: lab}, ports: [{pci:"
            + " \"0000:b1:00.0\", address: 198.18.0.1/30}]}}\n");
        harness.write("playbooks/p.yaml", playbook.toString());
        var result = harness.run(CommandLineHarness.never(), "lint");
        assertEquals(0, result.exit(), result.err() + playbook);
    }

    @Test
    void the_example_of_the_trial_can_be_written_in_a_playbook(@TempDir Path directory) throws IOException {
        var harness = new CommandLineHarness(directory);
        String host = "{kind: host, address: 192.0.2.%d, ssh: {user: lab}, ports: [{pci: \"0000:b1:00.0\", address: 198.18.0.%d/30}]}";
        harness.write("inventory/lab.yaml", "machines: {host-a: " + host.formatted(10, 1) + ", host-b: " + host.formatted(11, 2)
            + "}\npairs: {bench: {ends: [host-a, host-b], cables: [[0, 0]]}}\n");
        harness.write("playbooks/p.yaml", "- " + ExplainCommand.guide().trial().example().indent(2).strip() + "\n");
        var result = harness.run(CommandLineHarness.never(), "lint");
        assertEquals(0, result.exit(), result.err());
    }
}
