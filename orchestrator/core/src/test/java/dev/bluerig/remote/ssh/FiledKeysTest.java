package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.KnownHosts.Answer;
import dev.bluerig.remote.hostkey.PublicKeyText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two inventories with machines of one name use one known_hosts file.
class FiledKeysTest {
    private static final String ONE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBX1p0tTO3c5wRnjN1RXMFJY0WIrn1kHLo4fEYF1S2zG";
    private static final String TWO = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH8av7s74MG6qi2d+WwxzBqCA5hJ8+DVOMRLfe8LVebd";
    private static final Ssh OPEN = new Ssh(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Ssh.Sudo.NONE, Optional.empty());

    @TempDir
    private Path directory;

    private HostKeysOnFile filed(String inventory, Machine machine, String... lines) throws Exception {
        Path file = Files.write(directory.resolve("known_hosts"), List.of(lines));
        var settings = new SshSettings(List.of(file), List.of(), Optional.empty(), Optional.empty(), Duration.ofSeconds(1), 1,
            Duration.ZERO, Optional.of(inventory));
        return new HostKeysOnFile(KnownHosts.read(List.of(file)), DialTarget.of(machine, settings));
    }

    private static PublicKeyText key(String text) {
        return PublicKeyText.of("ssh-ed25519", text.split(" ")[1]);
    }

    private static final Machine DPU = SshMachines.dpu("dpu-a", "host-a", "192.168.100.2", OPEN);

    @Test
    void dpus_of_one_name_are_told_apart() throws Exception {
        String[] both = {"bluerig/east.yaml/dpu-a " + ONE, "bluerig/west.yaml/dpu-a " + TWO};
        assertEquals(Answer.KNOWN, filed("east.yaml", DPU, both).check(key(ONE)));
        assertEquals(Answer.CHANGED, filed("east.yaml", DPU, both).check(key(TWO)));
        assertEquals(Answer.KNOWN, filed("west.yaml", DPU, both).check(key(TWO)));
        assertEquals(List.of("bluerig/west.yaml/dpu-a"), filed("west.yaml", DPU, both).names());
    }

    @Test
    void lines_of_before_count_until_the_inventory_has_its_own() throws Exception {
        assertEquals(Answer.KNOWN, filed("east.yaml", DPU, "dpu-a " + ONE).check(key(ONE)));
        assertEquals(Answer.CHANGED, filed("west.yaml", DPU, "dpu-a " + ONE).check(key(TWO)));
        assertEquals(Answer.KNOWN, filed("west.yaml", DPU, "dpu-a " + ONE, "bluerig/west.yaml/dpu-a " + TWO).check(key(TWO)));
        assertEquals(Answer.KNOWN, filed("east.yaml", DPU, "dpu-a " + ONE, "bluerig/west.yaml/dpu-a " + TWO).check(key(ONE)));
        assertEquals(Answer.REVOKED, filed("west.yaml", DPU, "@revoked dpu-a " + TWO, "bluerig/west.yaml/dpu-a " + TWO).check(key(TWO)));
    }

    @Test
    void one_dpu_in_two_inventories_is_enrolled_once() throws Exception {
        assertEquals(Answer.KNOWN, filed("copy.yaml", DPU, "bluerig/east.yaml/dpu-a " + ONE).check(key(ONE)));
        var other = filed("copy.yaml", DPU, "bluerig/east.yaml/dpu-a " + ONE);
        assertEquals(Answer.UNKNOWN, other.check(key(TWO)), "another DPU of that name is no change");
        assertEquals(List.of(), other.replaced());
        assertTrue(other.also().contains("another inventory has a machine of this name with another key"), other.also());
    }

    @Test
    void swaps_are_looked_for_in_one_inventory() throws Exception {
        String[] lines = {"10.0.0.1,bluerig/east.yaml/host-a " + ONE, "10.0.0.2,bluerig/west.yaml/host-a " + TWO,
            "bluerig/west.yaml/host-b " + ONE};
        Machine east = SshMachines.host("host-a", "10.0.0.1", OPEN);
        assertEquals(List.of("host-a"), filed("east.yaml", east, lines).machinesWith(key(ONE)));
        assertEquals(List.of("host-b"), filed("west.yaml", SshMachines.host("host-a", "10.0.0.2", OPEN), lines).machinesWith(key(ONE)));
        assertEquals(List.of("host-a"), filed("east.yaml", east, "10.0.0.1,bluerig/host-a " + ONE).machinesWith(key(ONE)), "as before");
        assertEquals(List.of("10.0.0.1", "bluerig/east.yaml/host-a"), filed("east.yaml", east, lines).names());
    }

    @Test
    void an_inventory_is_called_by_its_file_and_where_all_share_a_file_by_its_directory_too() throws Exception {
        Path home = Files.createDirectories(directory.resolve("home"));
        Path one = Files.createDirectories(directory.resolve("one"));
        Path two = Files.createDirectories(directory.resolve("two"));
        assertNotEquals(name(one, home), name(two, home));
        Files.createFile(one.resolve("known_hosts"));
        assertEquals("rack_4_.yaml", name(one, home));
    }

    private static String name(Path at, Path home) {
        return SshSettings.usual(at.resolve("Rack 4?.yaml"), home, Optional.empty()).inventory().orElseThrow();
    }
}
