package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A saved plan on factory state, then each `other_ports` with each `accept` on factory bridges, by a project of the user's own.
@NeedsNamespaceLab
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BridgesInLabTest {
    private static final String FACTORY = "ovsbr1: en3f0pf0sf0 p0 pf0hpf; ovsbr2: en3f1pf1sf0 p1 pf1hpf";

    @TempDir
    static Path directory;
    private static LabCommands desk;

    @BeforeAll
    static void up() {
        desk = new LabCommands(directory, CommandLineHarness.repository());
        desk.up();
    }

    @AfterAll
    static void down() {
        desk.down();
    }

    /// Before the way to the DPUs exists, a check cannot see them: its plan covers the hosts, and the DPUs are left as they are.
    @Test
    @Order(1)
    void a_plan_is_all_that_is_done() throws Exception {
        String before = state();
        var check = desk.run("check", "--save", "first.json");
        assertEquals(2, check.exit(), check.all());
        assertEquals(before, state(), "a check changes nothing");
        assertTrue(check.has("it says nothing of dpu-a, dpu-b"), check.all());
        var first = desk.run("apply", "--plan", "first.json");
        assertEquals(1, first.exit(), first.all());
        assertTrue(first.has("NOT_IN_PLAN") && first.has("host-a, host-b: changed"), first.all());
        assertEquals(FACTORY, desk.bridges("dpu-a"));
        assertEquals("", desk.offload("dpu-a"));

        before = state();
        check = desk.run("check", "--save", "second.json");
        assertEquals(2, check.exit(), check.all());
        assertEquals(before, state(), "nor where DPUs can be seen");
        assertTrue(check.has("bridge ovs-br0, ovs-br1: absent -> present")
            && check.has("port p0, pf0hpf: on ovsbr1 -> on ovs-br0"), check.all());
        var second = desk.run("apply", "--plan", "second.json");
        assertEquals(0, second.exit(), second.all());
        assertEquals("ovs-br0: en3f0pf0sf0 p0 pf0hpf; ovs-br1: en3f1pf1sf0 p1 pf1hpf", desk.bridges("dpu-b"));
    }

    private static String state() throws Exception {
        return desk.state("host-a") + desk.state("dpu-b");
    }

    @ParameterizedTest
    @Order(2)
    @CsvSource(delimiter = '|', textBlock = """
        named    | keep   | 0 | ovs-br0: en3f0pf0sf0 p0 pf0hpf; ovs-br1: en3f1pf1sf0 p1 pf1hpf | port en3f0pf0sf0: on ovsbr1 -> on ovs-br0 (moves along)
        named    | drop   | 0 | ovs-br0: p0 pf0hpf; ovs-br1: p1 pf1hpf                         | port en3f0pf0sf0: on ovsbr1 -> absent
        named    | refuse | 1 | ovsbr1: en3f0pf0sf0 p0 pf0hpf; ovsbr2: en3f1pf1sf0 p1 pf1hpf   | OTHER_PORT
        any-name | keep   | 0 | ovsbr1: en3f0pf0sf0 p0 pf0hpf; ovsbr2: en3f1pf1sf0 p1 pf1hpf   | ovs_bridge
        any-name | drop   | 0 | ovsbr1: p0 pf0hpf; ovsbr2: p1 pf1hpf                           | port en3f0pf0sf0: on ovsbr1 -> absent
        any-name | refuse | 1 | ovsbr1: en3f0pf0sf0 p0 pf0hpf; ovsbr2: en3f1pf1sf0 p1 pf1hpf   | OTHER_PORT
        """)
    void bridgesOfTheFactoryBecomeThoseThatAreWanted(String accept, String otherPorts, int exit, String bridges, String line)
    throws Exception {
        for (String dpu : List.of("dpu-a", "dpu-b")) factory(dpu);
        LabCommands mine = desk.with(project(accept, otherPorts));
        var apply = mine.run("apply", "--limit", "dpus");
        assertEquals(exit, apply.exit(), apply.all());
        assertTrue(apply.has(line), apply.all());
        for (String dpu : List.of("dpu-a", "dpu-b")) {
            assertEquals(bridges, desk.bridges(dpu), apply.all());
            assertEquals("\"true\"", desk.offload(dpu));
        }
        var again = mine.run("check", "--limit", "dpus");
        assertEquals(exit, again.exit(), again.all());
    }

    private static void factory(String dpu) throws Exception {
        for (String bridge : desk.in(dpu, "ovs-vsctl", "--timeout=10", "list-br").lines().toList())
            desk.in(dpu, "ovs-vsctl", "--timeout=10", "del-br", bridge);
        desk.in(dpu, "ovs-vsctl", "--timeout=10", "remove", "Open_vSwitch", ".", "other_config", "hw-offload");
        desk.in(dpu, "/usr/lib/bluerig-lab/ovs", "factory");
        assertEquals(FACTORY, desk.bridges(dpu));
    }

    /// What is shipped, with another template for the bridges.
    private static Path project(String accept, String otherPorts) throws Exception {
        Path project = directory.resolve("project-" + accept + "-" + otherPorts);
        for (String kind : List.of("playbooks", "templates")) {
            Files.createDirectories(project.resolve(kind));
            try (Stream<Path> files = Files.list(CommandLineHarness.repository().resolve(kind))) {
                for (Path file : files.toList()) Files.copy(file, project.resolve(kind).resolve(file.getFileName()));
            }
        }
        Path template = project.resolve("templates/ovs-bridge.yaml.j2");
        String text = Files.readString(template);
        String changed = text.replaceFirst("accept: named", "accept: " + accept)
            .replaceFirst("other_ports: keep", "other_ports: " + otherPorts);
        assertTrue(changed.contains("accept: " + accept) && changed.contains("other_ports: " + otherPorts), changed);
        Files.writeString(template, changed);
        return project;
    }
}
