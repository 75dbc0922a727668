package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Files.writeString(file, new InventoryText(new Topology("0a1b2", "198.18.7.", pairs), key).text());
        return InventoryReader.read(file);
    }

    @Test
    void onePairIsTheBench() throws IOException {
        Inventory inventory = read(1);
        assertEquals(Optional.of("namespace"), inventory.lab());
        Machine dpu = inventory.machines().get("dpu-b");
        assertEquals(Optional.of("host-b"), dpu.host());
        assertEquals(Optional.of("ubuntu"), dpu.ssh().user());
        assertEquals(Ssh.Sudo.PASSWORDLESS, dpu.ssh().sudo());
        assertEquals(Optional.of(directory + "/a \"quoted\" key"), dpu.ssh().identity());
        assertEquals("192.0.2.6/30", inventory.machines().get("host-b").ports().getLast().address().orElseThrow().text());
        assertEquals(2, inventory.pairs().get("bench").cables().size());
    }

    @Test
    void theLargestLabIsOneToo() throws IOException {
        Inventory inventory = read(Topology.MOST_PAIRS);
        assertEquals(4 * Topology.MOST_PAIRS, inventory.machines().size());
        assertEquals(Topology.MOST_PAIRS, inventory.pairs().size());
    }
}
