package dev.bluerig.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a lab writes is an inventory that lint has nothing to say about, for one pair and for the most.
final class InventoryTextTest {
    @TempDir
    Path directory;

    private Inventory read(int pairs) throws IOException {
        Path file = directory.resolve("inventory.yaml");
        Path key = Files.writeString(directory.resolve("a \"quoted\" key"), "");
        var topology = new LabTopology("0a1b2", pairs);
        var dials = new LinkedHashMap<String, SshEndpoint>();
        for (int end = 0; end < topology.ends(); end++)
            dials.put(topology.host(end), end == 0 ? new SshEndpoint("127.0.0.1", 2201) : SshEndpoint.standard("198.18.7." + end));
        Files.writeString(file, new InventoryText("namespace", "{mtu: 9000}", topology, key, dials).text());
        return InventoryReader.read(file);
    }

    @Test
    void one_pair_is_the_bench() throws IOException {
        Inventory inventory = read(1);
        assertEquals(Optional.of("namespace"), inventory.lab());
        Machine dpu = inventory.machines().get("dpu-b");
        assertEquals(Optional.of("host-b"), dpu.host());
        assertEquals(Optional.of("ubuntu"), dpu.ssh().user());
        assertEquals(Ssh.Sudo.PASSWORDLESS, dpu.ssh().sudo());
        assertEquals(Optional.of(directory + "/a \"quoted\" key"), dpu.ssh().identity());
        assertEquals("192.0.2.6/30", inventory.machines().get("host-b").ports().getLast().address().orElseThrow().text());
        assertEquals(Optional.of(2201), inventory.machines().get("host-a").ssh().port());
        assertEquals(Optional.empty(), inventory.machines().get("host-b").ssh().port());
        assertEquals(2, inventory.pairs().get("bench").cables().size());
    }

    @Test
    void the_largest_lab_is_one_too() throws IOException {
        Inventory inventory = read(LabTopology.MOST_PAIRS);
        assertEquals(4 * LabTopology.MOST_PAIRS, inventory.machines().size());
        assertEquals(LabTopology.MOST_PAIRS, inventory.pairs().size());
    }

    @Test
    void known_hosts_files_a_host_under_its_port() {
        var keys = Map.of("host-a", "ssh-ed25519 A", "host-b", "ssh-ed25519 B", "dpu-a", "ssh-ed25519 C", "dpu-b", "ssh-ed25519 D");
        var dials = Map.of("host-a", new SshEndpoint("127.0.0.1", 2201), "host-b", SshEndpoint.standard("198.18.7.3"));
        assertEquals("""
            host-a,[127.0.0.1]:2201 ssh-ed25519 A
            bluerig/host-a ssh-ed25519 A
            host-b,198.18.7.3 ssh-ed25519 B
            bluerig/host-b ssh-ed25519 B
            dpu-a ssh-ed25519 C
            dpu-b ssh-ed25519 D
            """, new InventoryText("kernel", "{}", new LabTopology("0a1b2", 1), directory, dials).knownHosts(keys));
    }
}
