package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsGuest;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabFiles;
import dev.bluerig.lab.machine.LabPrograms;
import dev.bluerig.lab.machine.MachineExec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// One guest for all that a guest proves, since a boot takes longer than most of it: reached from outside; the kernel's TLS; the NIC,
/// whose cases take its module out of the kernel; and then the end. A reset is what AcceptInKernelLabTest does.
@NeedsGuest
@ExtendWith(SharedKernelLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class KernelLabTest {
    private static final LabProgress QUIET = _ -> {};

    /// By nothing but the files that `up` wrote.
    private static LabPrograms.Ran ssh(LabFiles lab, String user, String host, String... command) throws Exception {
        String port = Files.readAllLines(lab.knownHosts()).stream().filter(line -> line.startsWith(host + ",")).findFirst().orElseThrow()
            .replaceFirst(".*\\]:(\\d+) .*", "$1");
        var words =
            new ArrayList<>(List.of("ssh", "-F", "none", "-T", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o",
            "UserKnownHostsFile=" + lab.knownHosts(),
            "-o", "GlobalKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-i", lab.identity().toString(), "-p", port,
            user + "@127.0.0.1"));
        words.addAll(List.of(command));
        return LabPrograms.run(words);
    }

    @Test
    @Order(1)
    void is_up_and_refuses_a_second(SharedKernelLab.Running lab) throws Exception {
        assertEquals(List.of("guest-1: up", "host-a: up", "host-b: up", "dpu-a: up", "dpu-b: up"),
            KernelLab.status(lab.directory()).text().lines().toList());
        assertTrue(KernelLab.status(lab.directory()).up());
        assertTrue(Files.readString(lab.ready().inventory()).contains("lab: kernel"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(lab.ready().identity())));
        LabFailed twice = assertThrows(LabFailed.class, () -> KernelLab.up(lab.directory(), KernelLab.Options.usual(), QUIET));
        assertTrue(twice.getMessage().contains("already"), twice.getMessage());
        assertTrue(KernelLab.status(lab.directory()).up(), "a refused second up harms nothing");
    }

    @Test
    @Order(2)
    void hosts_are_reached_by_their_ports_and_everything_else_by_the_guest(SharedKernelLab.Running lab) throws Exception {
        for (String host : List.of("host-a", "host-b")) {
            LabPrograms.Ran ran = ssh(lab.ready(), "lab", host, "hostname");
            assertEquals(host, ran.output().strip());
            assertEquals("0", ssh(lab.ready(), "lab", host, "sudo", "-n", "id", "-u").output().strip());
        }
        assertEquals("dpu-b", KernelLab.machine(lab.directory(), "dpu-b").output("hostname").strip());
        assertEquals("a b|c\n", KernelLab.machine(lab.directory(), "host-a").output("printf", "%s|%s\\n", "a b", "c"), "words stay words");
        MachineExec guest = KernelLab.guest(lab.directory(), 1);
        assertEquals("guest", guest.output("cat", "/proc/sys/kernel/hostname").strip());
        assertTrue(guest.output("lsmod").contains("bluerig_nic"));
        assertEquals(3, guest.run("sh", "-c", "exit 3").status());
        assertThrows(LabFailed.class, () -> KernelLab.machine(lab.directory(), "host-x").output("true"));
    }

    /// A guest may not reach the machine it runs on, nor anybody else.
    @Test
    @Order(3)
    void the_guest_reaches_nobody(SharedKernelLab.Running lab) throws Exception {
        try (var listener = new ServerSocket(0)) {
            MachineExec.Result tried = KernelLab.guest(lab.directory(), 1)
                .run("timeout", "5", "bash", "-c", "exec 3<>/dev/tcp/10.0.2.2/" + listener.getLocalPort());
            assertFalse(tried.status() == 0, tried.output());
        }
    }

    @Test
    @Order(4)
    void the_serial_line_is_a_root_shell_and_its_words_are_kept(SharedKernelLab.Running lab) throws Exception {
        try (SocketChannel line = KernelLab.console(lab.directory(), 1); InputStream in = Channels.newInputStream(line); OutputStream out =
            Channels.newOutputStream(line)) {
            out.write("\recho serial-$((6 * 7))-$(id -u)\r".getBytes(StandardCharsets.US_ASCII));
            until(in, "serial-42-0");
        }
        assertTrue(KernelLab.said(lab.directory(), 1).contains("BLUERIG-LAB-UP"));
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();      // QEMU writes its log after the socket
        while (!KernelLab.said(lab.directory(), 1).contains("serial-42-0")) {
            assertTrue(System.nanoTime() < end, () -> "not in the log");
            Thread.sleep(20);
        }
    }

    private static void until(InputStream in, String word) throws IOException {
        var said = new StringBuilder();
        byte[] bytes = new byte[1024];
        while (!said.toString().contains(word)) {
            int count = in.read(bytes);
            assertTrue(count > 0, "the line ended: " + said);
            said.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
        }
    }

    @Nested
    @Order(1)
    final class KernelTls extends KernelTlsInGuest {}

    @Nested
    @Order(2)
    final class NicModule extends NicModuleInGuest {}

    @Nested
    @Order(3)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Broken {
        @Test
        @Order(1)
        void a_dead_service_is_named(SharedKernelLab.Running lab) throws Exception {
            KernelLab.machine(lab.directory(), "host-b").output("pkill", "-x", "sshd");
            String status = KernelLab.status(lab.directory()).text();
            assertTrue(status.contains("host-b: up, without sshd"), status);
            assertFalse(KernelLab.status(lab.directory()).up());
        }

        @Test
        @Order(2)
        void ended_by_hand_it_is_dead_and_goes_without_a_trace(SharedKernelLab.Running lab) throws Exception {
            var own = new KernelDirectory(lab.directory());
            Qemu.end(own.prefix());
            assertEquals("guest-1: dead", KernelLab.status(lab.directory()).text().lines().findFirst().orElseThrow());
            assertThrows(LabFailed.class, () -> KernelLab.guest(lab.directory(), 1).output("true"));
            KernelLab.down(lab.directory());
            assertFalse(Files.exists(lab.directory()));
            assertEquals(List.of(), traces(own));
            KernelLab.down(lab.directory());
            assertFalse(KernelLab.status(lab.directory()).up());
        }
    }

    /// Mounts and processes with the lab's directory or name.
    private static List<String> traces(KernelDirectory lab) throws IOException {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
            var traces = new ArrayList<>(mounts.filter(line -> line.contains(lab.path().toString()) || line.contains("bluerig/kernel-lab"))
                .toList());
            Qemu.processes(lab.prefix()).forEach(process -> traces.add(process.toString()));
            return traces;
        }
    }
}
