package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FlagFleet;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The words and files of `bundle`; what is taken out of it is proven in `SupportBundleTest`.
class BundleCommandTest {
    @TempDir
    private Path directory;
    private CommandLineHarness harness;

    @BeforeEach
    void project() throws IOException {
        harness = new CommandLineHarness(directory);
        harness.write("inventory/lab.yaml", "machines: {node-1: {kind: host, address: 10.0.0.1, ssh: {user: lab},"
            + " vars: {token: CANARY}}}\n");
        harness.write("playbooks/p.yaml", """
            - play: flags
              machines: all
              tasks:
                - command: {run: [touch, "/{{ token }}"], unless: [test, -e, "/{{ token }}"], because: a flag}
            """);
    }

    private String run() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("runs"))) {
            return all.findFirst().orElseThrow().getFileName().toString();
        }
    }

    @Test
    void it_makes_one_file_lists_what_is_in_it_and_replaces_none() throws IOException {
        assertEquals(0, harness.run(CommandLineHarness.fake(new FlagFleet()), "apply", "p").exit());
        var made = harness.run(CommandLineHarness.never(), "bundle", "last", "--offline");
        assertEquals(0, made.exit(), made.toString());
        Path file = directory.resolve("bluerig-" + run() + ".zip");
        for (String part : new String[] {"versions.txt", "inventory.json", "playbook.yaml", "run/journal.jsonl", "run/report.json",
            "run/evidence/node-1/01-01-command.txt"}) {
            assertTrue(made.out().contains("  " + part + "  "), made.out());
            try (var zip = FileSystems.newFileSystem(file)) {
                String text = Files.readString(zip.getPath("bluerig-" + run(), part));
                assertTrue(!text.contains("CANARY") && !text.isEmpty(), part + ": " + text);
                if (part.equals("versions.txt"))
                    assertTrue(text.contains("Java 2") && text.contains("ssh: OpenSSH"), text);
            }
        }
        var again = harness.run(CommandLineHarness.never(), "bundle", run(), "--offline");
        assertEquals(4, again.exit(), again.toString());
        assertTrue(again.err().contains("it is there already; name another file with --to"), again.err());
        assertEquals(0, harness.run(CommandLineHarness.never(), "bundle", run(), "--offline", "--to", "other.zip").exit());
    }

    @Test
    void without_the_inventory_no_secret_is_known_so_nothing_is_made() throws IOException {
        harness.run(CommandLineHarness.fake(new FlagFleet()), "apply", "p");
        Files.delete(directory.resolve("inventory/lab.yaml"));
        var lost = harness.run(CommandLineHarness.never(), "bundle", "last", "--offline");
        assertEquals(4, lost.exit(), lost.toString());
        assertTrue(lost.err().contains("there is no such inventory"), lost.err());
        harness.write("runs/20990101T000000Z-0000/journal.jsonl", "");
        var untold = harness.run(CommandLineHarness.never(), "bundle", "last", "--offline");
        assertTrue(untold.exit() == 4 && untold.err().contains("name it with -i"), untold.toString());
    }

    @Test
    void a_defect_of_ours_names_the_command_and_is_in_the_bundle() throws IOException {
        var left = harness.run(CommandLineHarness.fake((machine, way) -> {
            throw new IllegalStateException("a bug of ours with CANARY");
        }), "apply", "p");
        assertEquals(70, left.exit(), left.toString());
        String command = "bluerig bundle " + run();
        assertTrue(left.err().contains("please send us what `" + command + "` makes"), left.err());
        var made = harness.run(CommandLineHarness.never(), "bundle", run(), "--offline");
        assertTrue(made.out().contains("run/defect.txt"), made.toString());
    }
}
