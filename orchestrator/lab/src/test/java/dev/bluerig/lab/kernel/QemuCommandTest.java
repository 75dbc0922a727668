package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QemuCommandTest {
    private static final GuestImages IMAGES =
        new GuestImages("6.1.0-1-amd64", Path.of("/c/vmlinuz"), Path.of("/c/initrd"), Path.of("/c/a,b/root.ext4"), Path.of("/c/nic.ko"));

    private static List<String> words(Acceleration acceleration) {
        return new QemuCommand("bluerig-kernel-lab-0011223344556677-1", IMAGES, acceleration, 2, 2560, List.of(0, 1),
            List.of(40001, 40002, 40003), List.of()).words();
    }

    private static String after(String option, List<String> words) {
        return words.get(words.indexOf(option) + 1);
    }

    @Test
    void every_machine_that_is_dialled_has_its_port() {
        assertEquals("user,id=management,restrict=on,hostfwd=tcp:127.0.0.1:40001-10.0.2.15:22,hostfwd=tcp:127.0.0.1:40002-10.0.2.16:22"
            + ",hostfwd=tcp:127.0.0.1:40003-10.0.2.17:22",
            after("-netdev", words(Acceleration.KVM)));
    }

    @Test
    void a_cable_is_a_card_whose_frames_are_datagrams() {
        var cable = new QemuCommand.Cable("p0", "02:0a:1b:20:00:24", "guest-1");
        var words = new QemuCommand("n", IMAGES, Acceleration.KVM, 1, 1792, List.of(1), List.of(40001, 40002), List.of(cable)).words();
        int at = words.indexOf("dgram,id=p0,local.type=unix,local.path=p0.sock,remote.type=unix,remote.path=../guest-1/p0.sock");
        assertEquals(List.of("-device", "virtio-net-pci,netdev=p0,mac=02:0a:1b:20:00:24,speed=25000,duplex=full"),
            words.subList(at + 1, at + 3), words.toString());
        assertFalse(words(Acceleration.KVM).toString().contains("dgram"));
    }

    @Test
    void the_process_is_found_by_its_name() {
        var words = words(Acceleration.EMULATION);
        assertTrue(Qemu.isNamed("bluerig-kernel-lab-0011223344556677-", words));
        assertFalse(Qemu.isNamed("bluerig-kernel-lab-0011223344556678-", words));
        assertFalse(Qemu.isNamed("bluerig-kernel-lab-0011223344556677-", List.of("vi", "-name", "bluerig-kernel-lab-0011223344556677-1")));
        assertFalse(Qemu.isNamed("x", List.of("/usr/bin/qemu-system-x86_64", "-name")));
        assertFalse(Qemu.isNamed("x", List.of("")));
    }

    @Test
    void accelerators_are_never_left_to_qemu() {
        assertEquals("kvm", after("-accel", words(Acceleration.KVM)));
        assertEquals("tcg,thread=multi", after("-accel", words(Acceleration.EMULATION)));
    }

    @Test
    void the_root_image_is_only_read_and_its_path_may_hold_a_comma_that_qemu_takes_for_a_separator() {
        String drive = after("-drive", words(Acceleration.KVM));
        assertTrue(drive.contains("readonly=on") && drive.endsWith("file=/c/a,,b/root.ext4"), drive);
    }

    @Test
    void a_busy_machine_must_not_panic_the_guest() {
        assertTrue(List.of(after("-append", words(Acceleration.EMULATION)).split(" "))
            .containsAll(List.of("no_timer_check", "console=ttyS0")));
    }

    @Test
    void ports_and_hosts_must_match() {
        assertThrows(IllegalArgumentException.class,
            () -> new QemuCommand("n", IMAGES, Acceleration.KVM, 2, 2560, List.of(0, 1), List.of(1, 2), List.of()));
    }
}
