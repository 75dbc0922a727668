package dev.bluerig.playbook;

import dev.bluerig.trial.run.TrialSkip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.PairTrial;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.spec.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrialResolverTest {
    private static final String INVENTORY = """
        vars: {size: 4MiB, share: 0.8}
        machines:
          host-a: {kind: host, address: 10.0.0.1, ports: [{pci: "0000:b1:00.0", address: 192.0.2.1/30}, {pci: "0000:b1:00.1"}]}
          host-b:
            kind: host
            address: 10.0.0.2
            vars: {size: 9MiB}
            ports:
              - {pci: "0000:b1:00.0", address: 192.0.2.2/30}
              - {pci: "0000:b1:00.1", address: 192.0.2.5/30}
              - {pci: "0000:b2:00.0", address: 192.0.2.9/30}
              - {pci: "0000:b2:00.1", address: 192.0.2.13/30}
          host-c: {kind: host, address: 10.0.0.3, ports: [{pci: "0000:b1:00.0", address: 192.0.2.14/30}], vars: {pair_cache: relative}}
          host-d: {kind: host, address: 10.0.0.4, ports: [{pci: "0000:b1:00.0", address: 192.0.2.6/30}]}
          host-e: {kind: host, address: 10.0.0.5, ports: [{pci: "0000:b1:00.0", address: 192.0.2.17/30}], vars: {pair_java_flags: "-Xmx1g ;rm"}}
          host-f: {kind: host, address: 10.0.0.6, ports: [{pci: "0000:b1:00.0", address: 192.0.2.18/30}]}
          dpu-a: {kind: dpu, host: host-a, card: "0000:b1:00", address: 10.0.1.1}
        pairs:
          left: {ends: [host-a, host-b], cables: [[0, 0]]}
          right: {ends: [host-b, host-d], cables: [[1, 0]]}
          bare: {ends: [host-a, host-b], cables: [[1, 2]]}
          odd: {ends: [host-b, host-c], cables: [[3, 0]]}
          flagged: {ends: [host-e, host-f], cables: [[0, 0]]}
        """;
    private static final String HEAD = "- trial: proof\n  pairs: left\n";

    @TempDir
    private Path project;

    private Inventory inventory() throws IOException {
        return InventoryReader.read(Files.writeString(project.resolve("inventory.yaml"), INVENTORY));
    }

    private Playbook playbook(String text) throws IOException {
        return PlaybookReader.read(Files.writeString(project.resolve("p.yaml"), text), TaskNames.of(TaskCatalogue.all()), project);
    }

    private ResolvedTrial stage(String text, String... limit) throws IOException {
        return (ResolvedTrial) PlaybookResolver.of(playbook(text), inventory(), Set.of(limit)).getFirst();
    }

    private List<String> problems(String text) {
        return assertThrows(InvalidInput.class, () -> stage(text)).problems().stream()
            .map(problem -> problem.toString().replace(project + "/", "")).toList();
    }

    @Test
    void a_playbook_keeps_plays_and_trials_in_order_through_includes() throws IOException {
        Files.writeString(project.resolve("inner.yaml"), "- play: inner\n  machines: host-a\n  tasks:\n    - interface: {name: p0, up:"
            + " true}\n" + HEAD + "  load: {bytes: 1MiB}\n");
        var playbook = playbook("- trial: first\n  load: {seconds: 3}\n- include: inner.yaml\n- trial: last\n  load: {seconds: 3}\n");
        assertEquals(List.of("first", "inner", "proof", "last"), playbook.items().stream().map(PlaybookItem::name).toList());
        assertEquals(1, playbook.plays().size());
        assertEquals(3, playbook.trials().size());
        assertTrue(playbook.items().get(2).at().toString().endsWith("inner.yaml:5:3"), playbook.items().get(2).at().toString());
    }

    @Test
    void values_are_rendered_for_each_pair_with_what_its_first_host_sees() throws IOException {
        var stage = stage("- trial: proof\n  pairs: [left, right]\n  load: {bytes: \"{{ size }}\", connections: \"{{ pair.cables * 3"
            + " }}\", write: \"{{ block | default('64KiB') }}\"}\n  expect: {tx: hardware, line_rate: \"{{ share }}\"}\n");
        assertEquals(List.of("left 4MiB", "right 9MiB"),
            stage.pairs().stream().map(pair -> pair.pair() + " " + pair.trial().load().bytes().orElseThrow()).toList());
        PairTrial left = stage.pairs().getFirst();
        assertEquals(3, left.trial().load().connections());
        assertEquals(new ByteCount("64KiB"), left.trial().load().write());
        assertEquals(Optional.of(0.8), left.trial().expect().lineRate());
        assertEquals(Optional.of(TlsPlacement.HARDWARE), left.trial().expect().tx());
        assertEquals(List.of("host-a", "host-b", "dpu-a"), left.machines().stream().map(machine -> machine.name()).toList());
        assertEquals("left 0", left.cables().getFirst().id().toString());
        assertEquals("192.0.2.2", left.cables().getFirst().client().address().address());
    }

    @Test
    void a_trial_without_pairs_means_all_of_them() throws IOException {
        assertTrue(problems("- trial: proof\n  load: {bytes: 1MiB}\n").stream().anyMatch(problem -> problem.contains("(bare)")));
    }

    @Test
    void limit_leaves_pairs_out_aloud_and_dpus_alone() throws IOException {
        var none = stage(HEAD + "  load: {bytes: 1MiB}\n", "host-a", "dpu-a");
        assertEquals(Map.of("left", new TrialSkip(TrialSkip.Reason.LIMIT, "host-b")), none.skipped());
        assertEquals(List.of(), none.pairs());
        var both = stage(HEAD + "  load: {bytes: 1MiB}\n", "host-a", "host-b");
        assertEquals(List.of(), both.pairs().getFirst().dpus());
    }

    @Test
    void a_matrix_gives_every_combination() throws IOException {
        var loads = stage(HEAD + "  load: {bytes: 1MiB}\n  matrix: {cipher: [aes-128-gcm, aes-256-gcm], seconds: [1, 2]}\n").pairs()
            .getFirst().loads();
        assertEquals(List.of(Cipher.AES_128_GCM, Cipher.AES_128_GCM, Cipher.AES_256_GCM, Cipher.AES_256_GCM),
            loads.stream().map(Load::cipher).toList());
        assertEquals(List.of(Optional.of(1), Optional.of(2), Optional.of(1), Optional.of(2)), loads.stream().map(Load::seconds).toList());
        assertTrue(loads.stream().allMatch(load -> load.bytes().isEmpty()));
    }

    @Test
    void a_trial_is_written_out_as_it_would_be_read() throws IOException {
        Trial trial = stage(HEAD + "  load: {bytes: 1MiB, write: 1KiB}\n  flip: on\n  expect: {tx: user-space, retransmits: 0.001}\n")
            .pairs().getFirst().trial();
        assertEquals(trial, Binder.bind(Trial.class, Binder.unbind(trial)));
    }

    static Stream<Arguments> wrong() {
        String load = "  load: {bytes: 1MiB}\n";
        return Stream.of(
            Arguments.of("an unknown field", HEAD + load + "  flipp: true\n", "p.yaml:4:3", "did you mean `flip`?"),
            Arguments.of("an unknown field in the load", HEAD + "  load: {bytes: 1MiB, connection: 4}\n", "p.yaml:3:23",
            "did you mean `connections`?"),
            Arguments.of("no load", HEAD, "p.yaml:1:3", "field `load` is missing"),
            Arguments.of("no name", "- trial:\n  pairs: left\n" + load, "p.yaml:1:9", "`trial` has no value"),
            Arguments.of("an unknown pair", "- trial: x\n  pairs: [left, rigth]\n" + load, "p.yaml:2:10",
            "no pair `rigth`; did you mean `right`?"),
            Arguments.of("pairs from a template", "- trial: x\n  pairs: \"{{ these }}\"\n" + load, "p.yaml:2:10",
            "`pairs` cannot be a template"),
            Arguments.of("a name from a template", "- trial: \"{{ name }}\"\n  pairs: left\n" + load, "p.yaml:1:10",
            "`trial` cannot be a template"),
            Arguments.of("bytes and seconds", HEAD + "  load: {bytes: 1MiB, seconds: 4}\n", "p.yaml:3:9", "say `bytes` or `seconds`"),
            Arguments.of("neither bytes nor seconds", HEAD + "  load: {connections: 4}\n", "p.yaml:3:9", "say `bytes` or `seconds`"),
            Arguments.of("too many connections", HEAD + "  load: {bytes: 1MiB, connections: 1001}\n", "p.yaml:3:9",
            "`connections` is 1 to 1000"),
            Arguments.of("a strange size", HEAD + "  load: {bytes: 4Gib}\n", "p.yaml:3:17", "4Gib"),
            Arguments.of("TLS 1.1", HEAD + "  load: {bytes: 1MiB, version: \"1.1\"}\n", "p.yaml:3:32", "1.1"),
            Arguments.of("a strange cipher", HEAD + "  load: {bytes: 1MiB, cipher: rc4}\n", "p.yaml:3:31", "rc4"),
            Arguments.of("a write too large", HEAD + "  load: {bytes: 1GiB, write: 5MiB}\n", "p.yaml:3:9", "`write` is 1B to 4MiB"),
            Arguments.of("an expectation nobody can meet",
            HEAD + "  load: {bytes: 1MiB, transmit: user-space}\n  expect: {tx: hardware}\n", "p.yaml:1:3", "can never be met"),
            Arguments.of("a strange ruling", HEAD + load + "  expect: {tx: silicon}\n", "p.yaml:4:16", "silicon"),
            Arguments.of("an expectation of nothing", HEAD + load + "  expect: {}\n", "p.yaml:4:11", "`expect` asks nothing"),
            Arguments.of("an expectation of anything", HEAD + load + "  expect: {flows: any}\n", "p.yaml:4:11", "`expect` asks nothing"),
            Arguments.of("a matrix of nothing", HEAD + load + "  matrix: {version: []}\n", "p.yaml:4:11",
            "`matrix` names nothing to combine"),
            Arguments.of("a matrix cell that is no load", HEAD + load + "  matrix: {connections: [4, 0]}\n", "p.yaml:1:3",
            "`connections` 0"),
            Arguments.of("ports that are none", HEAD + load + "  listen: 70000\n", "p.yaml:4:11", "70000"),
            Arguments.of("a variable that is not there", HEAD + "  load: {bytes: \"{{ proof_bytes }}\"}\n", "p.yaml:3:17",
            "`proof_bytes` is not defined"),
            Arguments.of("a cable without an address", "- trial: x\n  pairs: bare\n" + load, "p.yaml:2:10",
            "port 1 of host-a (0000:b1:00.1) has no `address`"),
            Arguments.of("a cache that is no absolute path", "- trial: x\n  pairs: odd\n" + load, "p.yaml:1:3",
            "`pair_cache` is an absolute path"),
            Arguments.of("flags that are no JVM's", "- trial: x\n  pairs: flagged\n" + load, "p.yaml:1:3",
            "`pair_java_flags` has words that begin with -X"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrong(String what, String yaml, String at, String message) {
        var problems = problems(yaml);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith(at + ": "), problems.getFirst());
        assertTrue(problems.getFirst().contains(message), problems.getFirst());
    }
}
