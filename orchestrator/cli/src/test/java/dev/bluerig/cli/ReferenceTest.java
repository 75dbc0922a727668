package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.playbook.Guide;
import dev.bluerig.report.TaskReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is shipped beside the code follows the code.
class ReferenceTest {
    @Test
    void the_task_reference_is_what_the_records_say() throws IOException {
        Path page = Bench.repository().resolve("orchestrator/docs/tasks.md");
        assertEquals(TaskReference.of(ExplainCommand.guide()), Files.exists(page) ? Files.readString(page) : "",
            "write it anew: ./bluerig explain --reference > orchestrator/docs/tasks.md");
    }

    @Test
    void all_that_is_shipped_has_no_fault() {
        var said = new Bench(Bench.repository()).run(Bench.never(), "lint");
        assertEquals(0, said.exit(), said.err());
        assertTrue(said.out().contains("bring-up.yaml: 5 plays for 2 hosts and 2 DPUs, no fault"), said.out());
    }

    @Test
    void every_task_and_every_code_can_be_explained() {
        var bench = new Bench(Bench.repository());
        var guide = ExplainCommand.guide();
        guide.tasks().keySet().forEach(task -> assertEquals(0, bench.run(Bench.never(), "explain", task).exit(), task));
        guide.codes().forEach(code -> assertTrue(bench.run(Bench.never(), "explain", code.name()).out().contains(code.next()), code.name()));
        assertEquals(4, bench.run(Bench.never(), "explain", "interfcae").exit());
    }

    @Test
    void every_example_can_be_written_in_a_playbook(@TempDir Path directory) throws IOException {
        var playbook = new StringBuilder("- play: examples\n  machines: all\n  tasks:\n");
        ExplainCommand.guide().tasks().forEach((name, task) -> playbook.append(Guide.example(name, task).indent(4)));
        var bench = new Bench(directory);
        bench.write("inventory/lab.yaml", "machines: {host-a: {kind: host, address: 192.0.2.10, ssh: {user: lab}, ports: [{pci: \"0000:b1:00.0\", address: 198.18.0.1/30}]}}\n");
        bench.write("playbooks/p.yaml", playbook.toString());
        var said = bench.run(Bench.never(), "lint");
        assertEquals(0, said.exit(), said.err() + playbook);
    }
}
