package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
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

    /// What the block of a line stands for.
    private enum Walk { NO_HARDWARE, NAMESPACE_LAB, KERNEL_LAB }

    /// One line of a block that is marked `sh`; the exit code is 0 unless its comment says otherwise.
    private record Line(Walk walk, String text) {
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
        for (String part : List.of("inventory", "playbooks", "templates"))
            CommandLineHarness.copy(CommandLineHarness.repository().resolve(part), directory.resolve(part));
    }

    @AfterEach
    void nothing_stays() throws LabFailed {
        if (Files.exists(directory.resolve(".lab"))) NamespaceLab.down(directory.resolve(".lab"));
    }

    private static List<Line> walk(Walk walk) throws IOException {
        var lines = new ArrayList<Line>();
        var block = new ArrayList<String>();
        boolean inside = false;
        for (String line : Files.readAllLines(CommandLineHarness.repository().resolve("README.md"))) {
            if (line.startsWith("```")) {
                Walk what = what(block);
                block.forEach(command -> lines.add(new Line(what, command)));
                block.clear();
                inside = line.equals("```sh");
            } else if (inside && !line.isBlank()) block.add(line);
        }
        assertTrue(lines.stream().allMatch(line -> line.text.startsWith(LAUNCHER)), "only bluerig's own commands can be run here: "
            + lines);
        return lines.stream().filter(line -> line.walk == walk).toList();
    }

    private static Walk what(List<String> block) {
        if (block.stream().anyMatch(line -> line.contains("lab namespace"))) return Walk.NAMESPACE_LAB;
        return block.stream().anyMatch(line -> line.contains("lab kernel")) ? Walk.KERNEL_LAB : Walk.NO_HARDWARE;
    }

    private void run(List<Line> lines) {
        for (Line line : lines) {
            var result = new CommandLineHarness(directory).run(LabCommands.SSH, line.words());
            assertEquals(line.exit(), result.exit(), line.text + "\n" + result.out() + result.err());
        }
    }

    /// The pair as `./mvnw verify` has packed it before it comes to these tests.
    private void packed() throws IOException {
        CommandLineHarness.copy(CommandLineHarness.repository().resolve("orchestrator/ktls/target/pair"),
            directory.resolve("orchestrator/ktls/target/pair"));
    }

    @Test
    void the_walk_without_hardware() throws IOException {
        SmallPayload.in(directory);
        var lines = walk(Walk.NO_HARDWARE);
        assertTrue(lines.size() >= 5, "the walk got lost: " + lines);
        run(lines);
    }

    @Test
    @NeedsNamespaceLab
    void the_walk_on_real_openssh_and_open_vswitch() throws IOException {
        packed();
        var lines = walk(Walk.NAMESPACE_LAB);
        assertTrue(lines.size() >= 6, "the walk got lost: " + lines);
        run(lines);
    }

    /// Minutes of emulation, and `AcceptInKernelLabTest` takes the same steps with a look behind each; here: the commands are those, and
    /// are understood.
    @Test
    void the_walk_on_a_real_kernel_is_that_of_its_own_test() throws IOException {
        var commands = walk(Walk.KERNEL_LAB).stream()
            .map(line -> String.join(" ", line.words()).replace(" -i .lab/inventory.yaml", "") + " " + line.exit()).toList();
        assertEquals(List.of("lab kernel up 0", "check bring-up 2", "apply bring-up 0", "accept acceptance 0", "lab kernel status 0",
            "lab kernel down 0"), commands);
    }
}
