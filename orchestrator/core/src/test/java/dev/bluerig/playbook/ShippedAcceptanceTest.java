package dev.bluerig.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Trial;
import dev.bluerig.trial.verdict.TrialTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `playbooks/acceptance.yaml` as it is shipped: what it demands by itself, and what the inventory of a lab can make of it.
class ShippedAcceptanceTest {
    private static final Path PROJECT = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .filter(at -> Files.exists(at.resolve("playbooks/acceptance.yaml"))).findFirst().orElseThrow();
    private static final String INVENTORY = """
        %s
        groups: {hosts: {ssh: {user: lab}}}
        machines:
          host-a: {kind: host, groups: [hosts], address: 10.0.0.1, ports: [{pci: "0000:b1:00.0", address: 192.0.2.1/30}]}
          host-b: {kind: host, groups: [hosts], address: 10.0.0.2, ports: [{pci: "0000:b1:00.0", address: 192.0.2.2/30}]}
        pairs:
          bench: {ends: [host-a, host-b], cables: [[0, 0]]}
        """;

    @TempDir
    private Path directory;

    private List<Trial> trials(String variables) throws IOException {
        var inventory = InventoryReader.read(Files.writeString(directory.resolve("inventory.yaml"), INVENTORY.formatted(variables)));
        var playbook = PlaybookReader.read(PROJECT.resolve("playbooks/acceptance.yaml"), TaskNames.of(TaskCatalogue.all()), PROJECT);
        var problems = new ArrayList<String>();
        var trials = playbook.trials().stream()
            .map(item -> new TrialResolver(inventory, Set.of(), (problem, pair) -> problems.add(problem.toString())).stage(item))
            .flatMap(stage -> stage.pairs().stream()).map(pair -> pair.trial()).toList();
        assertEquals(List.of(), problems);
        return trials;
    }

    @Test
    void by_itself_it_demands_what_hardware_must_show() throws IOException {
        var trials = trials("");
        assertEquals("demanded: tx hardware, rx hardware, decrypt errors at most 0, flip, flows offloaded; not demanded: no plaintext"
            + " on the wire, line rate, throughput, CPU, retransmits, link errors, temperature",
            TrialTerms.of(trials.getFirst()).text());
        assertEquals("demanded: tx hardware, rx hardware, decrypt errors at most 0, line rate at least 0.800, retransmits at most"
            + " 0.001, link errors at most 0; "
            + "not demanded: flip, flows offloaded, no plaintext on the wire, throughput, CPU, temperature",
            TrialTerms.of(trials.getLast()).text());
        assertEquals(new ByteCount("4GiB"), trials.getFirst().load().bytes().orElseThrow());
    }

    @Test
    void the_inventory_of_a_lab_can_size_it_and_the_terms_tell() throws IOException {
        var trials = trials("vars: {proof_bytes: 64MiB, proof_connections: 2, share_received: 0.9, expected_flows: any, wire: true,"
            + " load_connections: 3, load_seconds: 4, share_of_line_rate: 0.00001, share_of_retransmits: 0.5}");
        Trial proof = trials.getFirst();
        assertEquals(List.of("64MiB", "2", "0.9"),
            List.of(proof.load().bytes().orElseThrow().text(), "" + proof.load().connections(), "" + proof.bars().received()));
        assertEquals("demanded: tx hardware, rx hardware, decrypt errors at most 0, flip, no plaintext on the wire, received by the"
            + " card at least 90.00 %; "
            + "not demanded: flows offloaded, line rate, throughput, CPU, retransmits, link errors, temperature",
            TrialTerms.of(proof).text());
        assertEquals(0.5, trials.getLast().expect().retransmits().orElseThrow());
        assertEquals(3, trials.getLast().load().connections());
    }
}
