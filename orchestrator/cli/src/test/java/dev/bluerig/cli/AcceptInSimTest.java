package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.report.Report;
import dev.bluerig.run.Connections;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From factory state to the verdict, and back from drift, in the simulated lab, through real SSH. One lab for all; each test goes on from
/// the one before.
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcceptInSimTest {
    @TempDir
    static Path directory;
    private static SimLab lab;
    private static Path inventory;

    @BeforeAll
    static void up() throws IOException {
        SmallPayload.in(directory);
        lab = SimLab.start(SimTopology.of(1));
        inventory = lab.writeInventory(directory.resolve("lab"));
    }

    @AfterAll
    static void down() throws IOException {
        if (lab != null) lab.close();
    }

    private static CommandLineHarness.Result run(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-C", CommandLineHarness.repository().toString(), "-i", inventory.toString(), "--runs",
            directory.resolve("runs").toString()));
        return new CommandLineHarness(directory).run(LabCommands.SSH, all.toArray(String[]::new));
    }

    private static Report last() throws IOException {
        try (var runs = Files.list(directory.resolve("runs"))) {
            Path run = runs.max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified())).orElseThrow();
            assertTrue(Files.readString(run.resolve("report.md")).contains("SIMULATED"));
            assertTrue(Files.readString(run.resolve("junit.xml")).contains("SIMULATED"));
            return Report.read("report.json", Files.readString(run.resolve("report.json")));
        }
    }

    private static void byHand(String machine, Command... commands) throws Unreachable {
        var read = InventoryReader.read(inventory);
        try (var dialer = new SshDialer(CliContext.settings(read, inventory)); var connections = new Connections(read, dialer)) {
            var replies = connections.to(read.machines().get(machine)).exchange(new Exchange(List.of(commands), List.of()));
            assertTrue(replies.stream().allMatch(reply -> reply instanceof Reply.Ran ran && ran.ok()), replies.toString());
        }
    }

    @Test
    @Order(1)
    void a_check_tells_the_changes_and_makes_none() throws IOException {
        var check = run("check", "--save", "plan.json");
        assertEquals(2, check.exit(), check.toString());
        assertTrue(check.out().contains("dpu-a, dpu-b: skipped (not yet reachable"), check.out());
        assertEquals(2, run("check").exit(), "a check changes nothing");
        assertEquals(Optional.of("sim"), last().run().lab());
    }

    @Test
    @Order(2)
    void from_factory_state_to_a_hardware_verdict() throws IOException {
        var apply = run("apply");
        assertEquals(0, apply.exit(), apply.toString());
        assertTrue(last().counts().containsKey("changed"), last().counts().toString());
        var again = run("apply");
        assertEquals(0, again.exit(), again.toString());
        assertEquals(Set.of("ok"), last().counts().keySet());
        last().run().traffic().forEach((machine, cost) -> assertEquals(1, cost.connections(), machine));
        var accept = run("accept");
        assertEquals(0, accept.exit(), accept.toString());
    }

    @Test
    @Order(3)
    void drift_of_a_dpu_is_found_and_mended_and_its_hosts_are_not_blamed() throws Unreachable {
        byHand("dpu-a", Command.of("ovs-vsctl", "del-port", "pf0hpf"), Command.of("ip", "link", "set", "dev", "p1", "mtu", "1500"),
            Command.of("ovs-vsctl", "set", "Open_vSwitch", ".", "other_config:hw-offload=false"));
        var check = run("check");
        assertEquals(2, check.exit(), check.toString());
        for (String change : List.of("hw-offload: false -> true", "p1 mtu: 1500 -> 9216", "port pf0hpf:"))
            assertTrue(check.out().contains(change), check.out());
        assertFalse(check.out().contains("failed"), "the cables are judged when the DPU is mended: " + check.out());
        assertEquals(0, run("apply").exit());
        assertTrue(run("check").out().contains("20 ok"));
    }

    @Test
    @Order(4)
    void drift_of_one_host_is_certain_not_provisional_on_the_other() throws Unreachable {
        for (String host : List.of("host-a", "host-b"))
            byHand(host, Command.of("ethtool", "-K", "enp177s0f0np0", "tls-hw-rx-offload", "off"));
        byHand("dpu-a", Command.of("ip", "link", "set", "dev", "p1", "mtu", "1500"));
        var check = run("check");
        assertEquals(2, check.exit());
        assertTrue(check.out().contains("offload    host-a, host-b: would change\n"), check.out());
    }

    @Test
    @Order(5)
    void what_a_host_lost_is_mended_and_accepted() throws IOException, Unreachable {
        byHand("host-b", Command.of("ip", "address", "del", "198.18.0.2/30", "dev", "enp177s0f0np0"), Command.of("modprobe", "-r", "tls"));
        assertEquals(2, run("check").exit());
        var mended = run("apply");
        assertEquals(0, mended.exit(), mended.toString());
        var accept = run("accept", "bring-up");
        assertEquals(0, accept.exit(), accept.toString());
        assertEquals(Set.of("ok"), last().counts().keySet());
    }

    @Test
    @Order(6)
    void nothing_was_sent_that_the_lab_does_not_model() {
        assertEquals(Map.of(), lab.unknownCommands());
    }
}
