package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two pairs that share a host, and one that shares nothing with them.
class DependentsTest {
    @TempDir
    private Path directory;
    private Inventory inventory;

    @BeforeEach
    void read() throws IOException {
        inventory = InventoryReader.read(Files.writeString(directory.resolve("i.yaml"), """
            groups:
              lab: {ssh: {user: lab}}
            machines:
              "host-[1:5]":
                {kind: host, groups: [lab], address: "10.0.0.[1:5]", ports: [{pci: "0000:b1:00.0", address: "10.64.0.[1:5]/24"},
                 {pci: "0000:b1:00.1", address: "10.65.0.[1:5]/24"}]}
              "dpu-[1:5]": {kind: dpu, groups: [lab], host: "host-[1:5]", card: "0000:b1:00", address: "10.0.1.[1:5]"}
            pairs:
              one: {ends: [host-1, host-2], cables: [[0, 0]]}
              two: {ends: [host-3, host-1], cables: [[1, 1]]}
              other: {ends: [host-4, host-5], cables: [[0, 0]]}
            """));
    }

    private Set<String> of(String machine) {
        return new Dependents(inventory).of(inventory.machines().get(machine));
    }

    @Test
    void are_ones_own_host_and_dpus_and_those_at_the_other_ends_of_its_cables() {
        assertEquals(Set.of("dpu-1", "host-2", "dpu-2", "host-3", "dpu-3"), of("host-1"));
        assertEquals(Set.of("dpu-2", "host-1", "dpu-1"), of("host-2"));
        assertEquals(Set.of("dpu-4", "host-5", "dpu-5"), of("host-4"));
    }

    @Test
    void a_dpu_has_those_of_its_host() {
        assertEquals(Set.of("host-1", "host-2", "dpu-2", "host-3", "dpu-3"), of("dpu-1"));
    }
}
