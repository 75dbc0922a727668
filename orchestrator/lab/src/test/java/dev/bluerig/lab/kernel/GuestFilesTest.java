package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.lab.machine.LabPrograms;
import dev.bluerig.lab.machine.LabTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes on a guest's disk is complete, and nothing of it is a secret of another's.
@NeedsLab({"ssh-keygen", "bash"})
final class GuestFilesTest {
    @TempDir
    Path parent;
    private Path disk;
    private Map<String, String> keys;

    @BeforeEach
    void lay() throws Exception {
        disk = parent.resolve("disk");
        Path key = Files.writeString(parent.resolve("id.pub"), "ssh-ed25519 AAAA lab\n");
        keys = GuestFiles.lay(disk, new GuestHardware(new LabTopology("0a1b2", 1), 0, 1), key);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(disk)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void every_machine_has_its_own() throws Exception {
        assertEquals(List.of("host-a", "host-b", "dpu-a", "dpu-b"), List.copyOf(keys.keySet()));
        assertEquals(4, keys.values().stream().distinct().count());
        assertEquals("host-a host\nhost-b host\ndpu-a dpu\ndpu-b dpu\n", Files.readString(disk.resolve("guest/machines")));
        for (String machine : keys.keySet()) {
            Path own = disk.resolve("machines").resolve(machine);
            assertTrue(Files.readString(own.resolve("files/etc/ssh/ssh_host_ed25519_key.pub")).startsWith(keys.get(machine)), machine);
            assertTrue(Files.readString(own.resolve("files/card")).contains(machine.startsWith("host") ? "side=host" : "side=dpu"));
            assertEquals(machine.startsWith("host"), Files.exists(own.resolve("files/management")));
            assertTrue(Files.readString(own.resolve("links")).contains("lo up"));
        }
    }

    @Test
    void the_labs_private_key_stays_outside() throws IOException {
        for (Path file : files())
            if (Files.readString(file).contains("PRIVATE KEY"))
                assertTrue(file.getFileName().toString().equals("ssh_host_ed25519_key"), file.toString());
        assertEquals("ssh-ed25519 AAAA lab\n", Files.readString(disk.resolve("guest/id_ed25519.pub")));
    }

    @Test
    void every_script_is_one_and_may_run() throws Exception {
        int scripts = 0;
        for (Path file : files()) {
            String text = Files.readString(file);
            assertEquals(text.startsWith("#!"), Files.isExecutable(file), file.toString());
            if (!text.startsWith("#!")) continue;
            LabPrograms.succeed(text.startsWith("#!/bin/sh") ? "sh" : "bash", "-n", file.toString());
            scripts++;
        }
        assertTrue(scripts > 15, "scripts: " + scripts);
    }

    @Test
    void tools_of_the_kernel_are_the_real_ones() {
        for (String tool : List.of("usr/sbin/ethtool", "usr/sbin/modprobe", "usr/sbin/modinfo", "usr/bin/lsmod"))
            assertFalse(Files.exists(disk.resolve("machine").resolve(tool)), tool);
    }
}
