package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.namespace.NamespaceLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command of the README's walk, in its order, in a directory that holds what a clone holds.
class ReadmeTest {
    private static final String LAUNCHER = "./bluerig ";
    private static final Pattern EXIT = Pattern.compile("# exit (\\d+)");

    /// One line of a block that is marked `sh`; the exit code is 0 unless its comment says otherwise.
    private record Line(String text) {
        boolean ofNamespaceLab() {
            return text.contains(".lab/") || text.contains("lab namespace");
        }

        int exit() {
            Matcher said = EXIT.matcher(text);
            return said.find() ? Integer.parseInt(said.group(1)) : 0;
        }

        String[] words() {
            return text.replaceFirst("#.*", "").substring(LAUNCHER.length()).strip().split("\\s+");
        }
    }

    @TempDir
    private Path directory;

    @BeforeEach
    void clone_of_the_project() throws IOException {
        for (String part : List.of("inventory", "playbooks", "templates")) Bench.copy(Bench.repository().resolve(part), directory.resolve(part));
    }

    @AfterEach
    void nothing_stays() throws LabFailed {
        if (Files.exists(directory.resolve(".lab"))) NamespaceLab.down(directory.resolve(".lab"));
    }

    private static List<Line> walk() throws IOException {
        var lines = new ArrayList<Line>();
        boolean inside = false;
        for (String line : Files.readAllLines(Bench.repository().resolve("README.md"))) {
            if (line.startsWith("```")) inside = line.equals("```sh");
            else if (inside && !line.isBlank()) lines.add(new Line(line));
        }
        assertTrue(lines.stream().allMatch(line -> line.text.startsWith(LAUNCHER)), "only bluerig's own commands can be run here: " + lines);
        return lines;
    }

    private void run(List<Line> lines) {
        for (Line line : lines) {
            var said = new Bench(directory).run(LabDesk.SSH, line.words());
            assertEquals(line.exit(), said.exit(), line.text + "\n" + said.out() + said.err());
        }
    }

    /// The pair as `./mvnw verify` has packed it before it comes to these tests.
    private void packed() throws IOException {
        Bench.copy(Bench.repository().resolve("orchestrator/ktls/target/pair"), directory.resolve("orchestrator/ktls/target/pair"));
    }

    @Test
    void the_walk_without_hardware() throws IOException {
        SmallPayload.in(directory);
        var lines = walk().stream().filter(line -> !line.ofNamespaceLab()).toList();
        assertTrue(lines.size() >= 5, "the walk got lost: " + lines);
        run(lines);
    }

    @Test
    @NeedsLab(root = true, value = {"sshd", "ovs-vsctl", "ip", "ethtool", "sudo", "ping", "arping", "nsenter"})
    void the_walk_on_real_openssh_and_open_vswitch() throws IOException {
        packed();
        var lines = walk().stream().filter(Line::ofNamespaceLab).toList();
        assertTrue(lines.size() >= 6, "the walk got lost: " + lines);
        run(lines);
    }
}
