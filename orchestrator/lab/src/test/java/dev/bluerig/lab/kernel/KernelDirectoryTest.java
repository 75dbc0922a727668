package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a lab remembers of itself, and what `down` and `status` make of less than that.
final class KernelDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void the_state_is_read_as_it_was_written() throws Exception {
        var lab = new KernelDirectory(Files.createDirectories(parent.resolve("lab")));
        var state = new KernelDirectory.State(List.of(List.of(40001, 40002), List.of(40003, 40004)));
        lab.save(state);
        assertEquals(state, lab.state());
        assertEquals(2, lab.state().guests());
    }

    @Test
    void the_name_follows_from_the_directory_alone() {
        assertEquals(new KernelDirectory(parent.resolve("lab")).prefix(), new KernelDirectory(parent.resolve("x/../lab")).prefix());
        assertFalse(new KernelDirectory(parent.resolve("lab")).prefix().equals(new KernelDirectory(parent.resolve("lab2")).prefix()));
    }

    @Test
    void another_labs_directory_is_left_alone() throws Exception {
        Path directory = Files.createDirectories(parent.resolve("lab"));
        Files.writeString(directory.resolve("lab.state"), "bluerig namespace lab 1\nsubnet 198.18.4.\npairs 1\novs true\n");
        assertTrue(assertThrows(LabFailed.class, () -> KernelLab.down(directory)).getMessage().contains("not the state of a kernel lab"));
        assertTrue(Files.exists(directory.resolve("lab.state")));
    }

    @Test
    void where_no_lab_is_there_is_nothing_to_end() throws Exception {
        Path directory = parent.resolve("lab");
        KernelLab.down(directory);
        assertEquals("no lab in " + directory, KernelLab.status(directory).text());
        assertFalse(KernelLab.status(directory).up());
    }

    @Test
    void a_start_that_was_cut_off_is_cleared() throws Exception {
        var lab = new KernelDirectory(Files.createDirectories(parent.resolve("lab")));
        lab.save(new KernelDirectory.State(List.of(List.of(0))));
        Files.createDirectories(lab.guest(0).resolve("disk/guest"));
        Files.writeString(lab.file(".inventory.yaml.lock"), "");
        assertEquals(List.of("guest-1: dead", "host-a: dead", "host-b: dead", "dpu-a: dead", "dpu-b: dead"),
            KernelLab.status(lab.path()).text().lines().toList());
        KernelLab.down(lab.path());
        assertFalse(Files.exists(lab.path()));
    }

    @Test
    void lost_files_do_not_hide_a_guests_disk() throws Exception {
        var lab = new KernelDirectory(parent.resolve("lab"));
        Files.writeString(Files.createDirectories(lab.guest(0)).resolve(KernelDirectory.DISK_LOG), "");
        Files.writeString(lab.file("notes"), "mine");
        KernelLab.down(lab.path());
        assertFalse(Files.exists(lab.guest(0)));
        assertEquals("mine", Files.readString(lab.file("notes")));
    }

    @Test
    void services_that_are_missing_are_named() {
        var lines = KernelStatus.machines(List.of("host-a", "host-b", "dpu-a", "dpu-b"),
            "dpu-a bash ovsdb-server sshd\nhost-a bash sshd\nhost-b\n");
        assertEquals(List.of("up", "dead", "up, without ovs-vswitchd", "dead"), lines.stream().map(KernelStatus.Line::said).toList());
        assertEquals(List.of(true, false, false, false), lines.stream().map(KernelStatus.Line::up).toList());
    }
}
