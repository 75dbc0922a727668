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
import dev.bluerig.run.Connections;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody changed by hand is found by `check` and mended by `apply`.
class DriftTest {
    @TempDir
    private Path directory;

    private CommandLineHarness.Said run(Path inventory, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-C", CommandLineHarness.repository().toString(), "-i", inventory.toString(), "--runs", directory.resolve("runs").toString()));
        return new CommandLineHarness(directory).run((read, file) -> {
            var dialer = new SshDialer(CliContext.settings(read, file));
            return new CliContext.Opened(dialer, dialer::close);
        }, all.toArray(String[]::new));
    }

    private static void byHand(Path inventoryFile, String machine, Command... commands) throws Unreachable {
        var inventory = InventoryReader.read(inventoryFile);
        try (var dialer = new SshDialer(CliContext.settings(inventory, inventoryFile)); var connections = new Connections(inventory, dialer)) {
            var replies = connections.to(inventory.machines().get(machine)).exchange(new Exchange(List.of(commands), List.of()));
            assertTrue(replies.stream().allMatch(reply -> reply instanceof Reply.Ran ran && ran.ok()), replies.toString());
        }
    }

    @Test
    void drift_of_a_dpu_is_found_and_mended_and_its_hosts_are_not_blamed() throws IOException, Unreachable {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = lab.writeInventory(directory.resolve("lab"));
            assertEquals(0, run(inventory, "apply").exit());
            byHand(inventory, "dpu-a", Command.of("ovs-vsctl", "del-port", "pf0hpf"), Command.of("ip", "link", "set", "dev", "p1", "mtu", "1500"),
                Command.of("ovs-vsctl", "set", "Open_vSwitch", ".", "other_config:hw-offload=false"));
            var check = run(inventory, "check");
            assertEquals(2, check.exit(), check.toString());
            assertTrue(check.out().contains("hw-offload: false -> true"), check.out());
            assertTrue(check.out().contains("p1 mtu: 1500 -> 9216"), check.out());
            assertTrue(check.out().contains("port pf0hpf:"), check.out());
            assertFalse(check.out().contains("failed"), "the cables are judged when the DPU is mended: " + check.out());
            assertEquals(0, run(inventory, "apply").exit());
            assertTrue(run(inventory, "check").out().contains("20 ok"));
        }
    }

    @Test
    void drift_of_one_host_is_certain_not_provisional_on_the_other() throws IOException, Unreachable {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            Path inventory = lab.writeInventory(directory.resolve("lab"));
            assertEquals(0, run(inventory, "apply").exit());
            for (String host : List.of("host-a", "host-b")) byHand(inventory, host, Command.of("ethtool", "-K", "enp177s0f0np0", "tls-hw-rx-offload", "off"));
            byHand(inventory, "dpu-a", Command.of("ip", "link", "set", "dev", "p1", "mtu", "1500"));
            var check = run(inventory, "check");
            assertEquals(2, check.exit());
            assertTrue(check.out().contains("offload    host-a, host-b: would change\n"), check.out());
        }
    }
}
