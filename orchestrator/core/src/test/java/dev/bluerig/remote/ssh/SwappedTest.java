package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.PublicKeyText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two machines whose addresses were exchanged in the inventory show keys that are on file, each for the other.
class SwappedTest {
    private static final String ONE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBX1p0tTO3c5wRnjN1RXMFJY0WIrn1kHLo4fEYF1S2zG";
    private static final String TWO = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH8av7s74MG6qi2d+WwxzBqCA5hJ8+DVOMRLfe8LVebd";
    private static final Ssh OPEN = new Ssh(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Ssh.Sudo.NONE, Optional.empty());

    @TempDir
    private Path directory;

    private Optional<Unreachable> shown(String machine, String address, String key, String... lines) throws Exception {
        Path file = Files.write(directory.resolve("known_hosts"), List.of(lines));
        DialTarget target = DialTarget.of(SshMachines.host(machine, address, OPEN), SshSettings.only(file));
        var check = new HostKeyCheck(KnownHosts.read(List.of(file)), target);
        int answer = check.check(address, PublicKeyText.of("ssh-ed25519", key.split(" ")[1]).blob());
        Optional<Unreachable> refusal = check.refusal("there");
        assertEquals(refusal.isEmpty(), answer == com.jcraft.jsch.HostKeyRepository.OK);
        return refusal;
    }

    private static final String[] ENROLLED = {"10.0.0.1,bluerig/host-a " + ONE, "10.0.0.2,bluerig/host-b " + TWO};

    @Test
    void swapped_addresses_are_noticed() throws Exception {
        Unreachable swapped = shown("host-a", "10.0.0.2", TWO, ENROLLED).orElseThrow();
        assertEquals(ConnectionCode.HOST_SWAPPED, swapped.reason());
        assertTrue(swapped.getMessage().contains("the key on file for host-b; on file for host-a is SHA256:"), swapped.getMessage());
        assertEquals(Optional.empty(), shown("host-a", "10.0.0.1", ONE, ENROLLED));
    }

    @Test
    void swapped_cables_are_noticed() throws Exception {
        assertEquals(ConnectionCode.HOST_SWAPPED, shown("host-a", "10.0.0.1", TWO, ENROLLED).orElseThrow().reason());
    }

    @Test
    void a_new_name_a_reinstalled_machine_and_shared_keys_are_no_swap() throws Exception {
        assertEquals(Optional.empty(), shown("host-x", "10.0.0.2", TWO, ENROLLED));
        assertEquals(Optional.empty(), shown("host-a", "10.0.0.1", TWO, "bluerig/host-a " + ONE, "10.0.0.1 " + TWO));
        assertEquals(Optional.empty(),
            shown("host-a", "10.0.0.1", ONE, "10.0.0.1,bluerig/host-a " + ONE, "10.0.0.2,bluerig/host-b " + ONE));
        assertEquals(ConnectionCode.HOST_KEY_CHANGED, shown("host-a", "10.0.0.1", TWO, "10.0.0.1 " + ONE).orElseThrow().reason());
    }

    @Test
    void names_of_hosts_are_no_names_of_machines() throws Exception {
        assertEquals(Optional.empty(), shown("host-a", "10.0.0.2", TWO, "host-a " + ONE, "host-b,10.0.0.2 " + TWO));
    }
}
