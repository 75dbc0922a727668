package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is no fault, and yet keeps a machine from being dialled as somebody may expect, is a line that begins with `note:` and changes no
/// exit code.
class LintNotesTest {
    private static final String HOSTS = """
        machines:
          node-[001:003]: {kind: host, address: "10.0.0.[11:13]", ssh: {password: {env: BLUERIG_TEST_NOT_SET}}}
          other: {kind: host, address: 10.0.0.20}
        """;

    @TempDir
    private Path directory;
    private CommandLineHarness harness;

    @BeforeEach
    void playbook() throws IOException {
        harness = new CommandLineHarness(directory);
        harness.write("playbooks/small.yaml", "- play: all\n  machines: all\n  tasks:\n    - package: {names: [ethtool]}\n");
    }

    private List<String> notes(CommandLineHarness.Result result) {
        return result.out().lines().filter(line -> line.startsWith("note: ")).toList();
    }

    @Test
    void a_secret_that_is_missing_names_its_place_and_its_machines_once() throws IOException {
        Path inventory = harness.write("inventory/lab.yaml", HOSTS);
        var result = harness.run(CommandLineHarness.never(), "lint");
        assertEquals(0, result.exit(), result.toString());
        var notes = notes(result).stream().filter(note -> note.contains("BLUERIG_TEST_NOT_SET")).toList();
        assertEquals(1, notes.size(), result.out());
        assertTrue(notes.getFirst().startsWith("note: " + inventory + ": node-[001:003]: ") && notes.getFirst().contains("lab.yaml:2:"),
            notes.getFirst());
    }

    @Test
    void lines_of_known_hosts_that_are_not_used_are_named() throws IOException {
        Path inventory = harness.write("inventory/lab.yaml", HOSTS);
        Files.writeString(inventory.resolveSibling("known_hosts"), "10.0.0.11 ssh-ed25519\n@strange 10.0.0.12 ssh-ed25519 AAAA\n");
        var result = harness.run(CommandLineHarness.never(), "lint");
        assertEquals(0, result.exit(), result.toString());
        var text = String.join("\n", notes(result));
        assertTrue(text.contains("known_hosts:1: not a host key line") && text.contains("known_hosts:2: @strange is not a marker"),
            result.out());
    }

    @Test
    void nothing_to_note_is_no_note() throws IOException {
        harness.write("inventory/lab.yaml", "lab: sim\n" + HOSTS.replace(", ssh: {password: {env: BLUERIG_TEST_NOT_SET}}", ""));
        var result = harness.run(CommandLineHarness.never(), "lint");
        assertEquals(0, result.exit(), result.toString());
        assertEquals(List.of(), notes(result));
    }

    @Test
    void a_fault_comes_without_notes() throws IOException {
        harness.write("inventory/lab.yaml", HOSTS + "pairs:\n  p: {ends: [other, nobody], cables: [[0, 0]]}\n");
        var result = harness.run(CommandLineHarness.never(), "lint");
        assertEquals(4, result.exit(), result.toString());
        assertEquals(List.of(), notes(result));
    }
}
