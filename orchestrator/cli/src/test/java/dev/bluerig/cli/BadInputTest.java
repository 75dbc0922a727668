package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Wrong input ends with 4, says every problem with its place, and connects to nothing.
class BadInputTest {
    private static final String INVENTORY = """
        machines:
          host-a: {kind: host, address: 192.0.2.10, ssh: {user: lab}}
        """;
    private static final String PLAYBOOK = """
        - play: p
          machines: all
          tasks:
            - interface: {name: eth0, mtu: 9000}
        """;

    @TempDir
    private Path directory;
    private CommandLineHarness harness;

    @BeforeEach
    void bench() {
        harness = new CommandLineHarness(directory);
    }

    private record Case(String name, String inventory, String playbook, String... said) {}

    private static Stream<Case> cases() {
        return Stream.of(
            new Case("broken YAML", "machines: [\n", PLAYBOOK, "inventory/lab.yaml:"),
            new Case("a key written twice", INVENTORY + "  host-a: {kind: host, address: 192.0.2.11, ssh: {user: lab}}\n", PLAYBOOK,
            "inventory/lab.yaml:3:3", "already written"),
            new Case("an unknown task", INVENTORY, PLAYBOOK.replace("interface", "interfaec"), "playbooks/p.yaml:4:7",
            "did you mean `interface`?"),
            new Case("an unknown field", INVENTORY, PLAYBOOK.replace("mtu", "mtuu"), "playbooks/p.yaml:4:", "did you mean `mtu`?"),
            new Case("a wrong type", INVENTORY, PLAYBOOK.replace("9000", "[9000]"), "playbooks/p.yaml:4:"),
            new Case("a value out of range", INVENTORY, PLAYBOOK.replace("9000", "12"), "playbooks/p.yaml:4:", "68 to 65535"),
            new Case("an undefined variable", INVENTORY, PLAYBOOK.replace("9000", "\"{{ mtuu }}\""), "playbooks/p.yaml:4:", "mtuu",
            "host-a"),
            new Case("a machine that is not there", INVENTORY, PLAYBOOK.replace("all", "host-b"), "playbooks/p.yaml:2:13", "host-b"),
            new Case("a cycle of groups", "groups: {a: {children: [b]}, b: {children: [a]}}\n" + INVENTORY, PLAYBOOK,
            "inventory/lab.yaml:1:"),
            new Case("an option for a host name", INVENTORY.replace("192.0.2.10", "-oProxyCommand=x"), PLAYBOOK, "inventory/lab.yaml:2:"),
            new Case("a command for a host name", INVENTORY.replace("192.0.2.10", "\"$(reboot)\""), PLAYBOOK, "inventory/lab.yaml:2:"),
            new Case("a trial without a load", INVENTORY, PLAYBOOK + "- trial: load\n", "playbooks/p.yaml:5:3", "field `load` is missing"),
            new Case("both files wrong", INVENTORY.replace("kind: host", "kind: hots"), PLAYBOOK.replace("tasks", "task"),
            "inventory/lab.yaml:2:", "playbooks/p.yaml:3:3"));
    }

    @TestFactory
    Stream<DynamicTest> wrong_files() {
        return cases().map(wrong -> DynamicTest.dynamicTest(wrong.name, () -> {
            harness.write("inventory/lab.yaml", wrong.inventory);
            harness.write("playbooks/p.yaml", wrong.playbook);
            for (String command : List.of("check", "apply", "accept", "render", "lint")) {
                var result = harness.run(CommandLineHarness.never(), command, "p");
                assertEquals(4, result.exit(), command + ": " + result);
                for (String part : wrong.said)
                    assertTrue(result.err().contains(part), command + " should say " + part + ": " + result.err());
                assertFalse(result.err().contains("\tat "), result.err());
            }
            assertFalse(Files.exists(directory.resolve("runs")), "nothing was run, so nothing is recorded");
        }));
    }

    /// Another machine's run does not end for it; whoever dials this machine is told KEY_UNREADABLE.
    @Test
    void a_key_that_is_not_there_is_noted_where_it_is_named() throws Exception {
        harness.write("inventory/lab.yaml", INVENTORY.replace("user: lab", "user: lab, identity: gone"));
        harness.write("playbooks/p.yaml", PLAYBOOK);
        var result = harness.run(CommandLineHarness.never(), "lint");
        assertEquals(0, result.exit(), result.toString());
        String all = result.out() + result.err();
        assertTrue(all.contains("inventory/lab.yaml:2:") && all.contains("gone"), result.toString());
    }

    @Test
    void wrong_words_end_with_4_and_a_hint() {
        var result = harness.run(CommandLineHarness.never(), "chekc");
        assertEquals(4, result.exit());
        assertTrue(result.err().contains("check"), result.err());
        assertEquals(4, harness.run(CommandLineHarness.never(), "check", "--forks", "many").exit());
        assertEquals(4, harness.run(CommandLineHarness.never()).exit());
    }

    @Test
    void without_an_inventory_it_says_how_to_name_one() throws IOException {
        harness.write("playbooks/p.yaml", PLAYBOOK);
        assertTrue(harness.run(CommandLineHarness.never(), "check", "p").err().contains("-i FILE"));
        harness.write("inventory/a.yaml", INVENTORY);
        harness.write("inventory/b.yaml", INVENTORY);
        assertTrue(harness.run(CommandLineHarness.never(), "check", "p").err().contains("which inventory?"));
    }

    @Test
    void a_plan_that_is_none_is_refused_before_dialling() throws IOException {
        harness.write("inventory/lab.yaml", INVENTORY);
        harness.write("playbooks/p.yaml", PLAYBOOK);
        harness.write("plan.json", "{\"steps\": 1}");
        assertEquals(4, harness.run(CommandLineHarness.never(), "apply", "p", "--plan", "plan.json").exit());
        assertEquals(4, harness.run(CommandLineHarness.never(), "apply", "p", "--plan", "gone.json").exit());
    }

    @Test
    void files_that_never_end_never_begin_or_are_not_text_are_named_where_they_are_asked_for() throws Exception {
        harness.write("inventory/lab.yaml", INVENTORY);
        harness.write("playbooks/p.yaml", PLAYBOOK);
        harness.write("playbooks/endless.yaml", PLAYBOOK + "- include: /dev/zero\n");
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        harness.write("playbooks/blocking.yaml", PLAYBOOK + "- include: ../pipe\n");
        Files.write(harness.write("playbooks/bytes.yaml", ""), (PLAYBOOK + "# \u00ff\n").getBytes(StandardCharsets.ISO_8859_1));
        String[][] cases = {{"endless.yaml:5:12", "/dev/zero: it is a device", "check", "endless"},
            {"blocking.yaml:5:12", "pipe: it is a device, a pipe", "check", "blocking"},
            {"bytes.yaml:5:3", "not UTF-8 text: a byte 0xff", "check", "bytes"},
            {"/dev/zero", "cannot read the playbook", "check", "/dev/zero"},
            {"/dev/zero", "cannot read the inventory", "check", "p", "-i", "/dev/zero"},
            {"pipe", "cannot read the inventory", "check", "p", "-i", pipe.toString()},
            {"/dev/zero", "cannot read the plan", "apply", "p", "--plan", "/dev/zero"},
            {"pipe", "cannot read the plan", "apply", "p", "--plan", pipe.toString()}};
        for (String[] wrong : cases) {
            var result = harness.run(CommandLineHarness.never(), java.util.Arrays.copyOfRange(wrong, 2, wrong.length));
            assertEquals(4, result.exit(), result.toString());
            assertTrue(result.err().contains(wrong[0]) && result.err().contains(wrong[1]), result.toString());
        }
    }
}
