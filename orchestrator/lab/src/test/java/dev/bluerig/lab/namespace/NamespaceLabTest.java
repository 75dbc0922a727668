package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabTopology;
import dev.bluerig.lab.machine.MachineExec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One pair, from factory state through the guide's own commands to nothing.
@NeedsNamespaceLab
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class NamespaceLabTest {
    @TempDir
    static Path parent;
    private static Path directory;
    private static Controller controller;

    @BeforeAll
    static void up() throws LabFailed {
        directory = parent.resolve("lab");
        controller = new Controller(NamespaceLab.up(directory, NamespaceLab.Options.pairs(1)));
    }

    @AfterAll
    static void down() throws Exception {
        String prefix = NamespaceWiring.prefix(new NamespaceDirectory(directory).id());
        var inside = new ArrayList<ProcessHandle>();
        for (Namespace namespace : Namespace.startingWith(prefix))
            for (Namespace.NamespaceProcess process : namespace.processes()) ProcessHandle.of(process.pid()).ifPresent(inside::add);
        assertTrue(inside.size() > 15, "sshd, Open vSwitch and what holds them: " + inside);
        NamespaceLab.down(directory);
        // dead already; those that this JVM started it must also reap
        for (ProcessHandle process : inside) process.onExit().get(5, TimeUnit.SECONDS);
        assertEquals(List.of(), Controller.traces(prefix, directory.toString()), "nothing else of the lab is left");
        assertFalse(Files.exists(directory), "its files are gone");
        NamespaceLab.down(directory);
        assertTrue(NamespaceLab.status(directory).down());
    }

    private static String answer(String user, String machine, String... command) throws Exception {
        Controller.Ran ran = controller.ssh(user, machine, command);
        assertEquals(0, ran.status(), () -> machine + ": " + String.join(" ", command) + ": " + ran.out() + ran.err());
        return ran.out();
    }

    @Test
    @Order(1)
    void files_are_for_their_reader_only() throws IOException, LabFailed {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(controller.lab().identity())));
        assertTrue(Files.readString(controller.lab().inventory()).contains("lab: namespace"));
        assertTrue(NamespaceLab.status(directory).up(), () -> "status");
        LabFailed twice = assertThrows(LabFailed.class, () -> NamespaceLab.up(directory, NamespaceLab.Options.pairs(1)));
        assertTrue(twice.getMessage().contains("already"), twice.getMessage());
        assertTrue(NamespaceLab.status(directory).up(), "a refused second up harms nothing");
    }

    @Test
    @Order(2)
    void host_is_reached_and_its_dpu_only_once_tmfifo_has_its_address() throws Exception {
        assertEquals("host-a", answer("lab", "host-a", "hostname").strip());
        assertEquals("0", answer("lab", "host-a", "sudo", "-n", "id", "-u").strip());
        assertFalse(answer("lab", "host-a", "ip", "address", "show", "dev", "tmfifo_net0").contains("inet "));
        assertNotEquals(0, controller.ssh("ubuntu", "dpu-a", "true").status());
        for (String side : List.of("a", "b")) {
            answer("root", "host-" + side, "ip", "address", "add", "192.168.100.1/30", "dev", "tmfifo_net0");
            assertEquals("dpu-" + side, answer("ubuntu", "dpu-" + side, "hostname").strip());
            assertEquals("0", answer("ubuntu", "dpu-" + side, "sudo", "-n", "id", "-u").strip());
        }
    }

    @Test
    @Order(3)
    void a_machine_writes_into_itself_alone() throws Exception {
        answer("root", "host-a", "touch", "/etc/only-host-a", "/usr/only-host-a", "/var/only-host-a", "/root/only-host-a", "/only-host-a");
        for (String place : List.of("/etc", "/usr", "/var", "/root", "/")) assertFalse(Files.exists(Path.of(place, "only-host-a")), place);
        assertEquals("", answer("root", "host-b", "find", "/etc", "/root", "-name", "only-host-a"));
        assertFalse(answer("root", "host-a", "ps", "-e", "-o", "args").contains("java"), "it sees its own processes alone");
    }

    @Test
    @Order(4)
    void factory_bridges_carry_small_frames_only() throws Exception {
        for (String side : List.of("a", "b")) {
            String show = answer("ubuntu", "dpu-" + side, "sudo", "ovs-vsctl", "show");
            for (String word : List.of("Bridge ovsbr1", "Bridge ovsbr2", "Port p0", "Port p1", "Port pf0hpf", "Port pf1hpf",
                "Port en3f0pf0sf0", "Port en3f1pf1sf0"))
                assertTrue(show.contains(word), show);
            assertFalse(show.contains("error"), show);
            assertEquals("", answer("ubuntu", "dpu-" + side, "sudo", "ovs-vsctl", "--if-exists", "get", "Open_vSwitch", ".",
                "other_config:hw-offload").strip());
        }
        for (int port = 0; port < 2; port++) {
            for (int end = 0; end < 2; end++) {
                String host = end == 0 ? "host-a" : "host-b";
                String link = "ens5f" + port + "np" + port;
                answer("root", host, "ip", "address", "add", LabTopology.dataAddress(end, port), "dev", link);
                answer("root", host, "ip", "link", "set", "dev", link, "mtu", "9000", "up");
            }
            assertEquals(0, ping(port, 56), "small frames pass on port " + port);
            assertNotEquals(0, ping(port, 8972), "port " + port + " is at 1500 on the DPUs");
        }
    }

    private static int ping(int port, int bytes) throws Exception {
        String peer = LabTopology.dataAddress(1, port).replace("/30", "");
        return controller.ssh("root", "host-a", "ping", "-n", "-M", "do", "-c", "3", "-i", "0.2", "-W", "1", "-s", Integer.toString(bytes),
            peer).status();
    }

    /// The guide's chapter 3.4, plus the datapath type: this kernel may have no Open vSwitch module.
    @Test
    @Order(5)
    void the_guides_commands_join_host_to_host_once_mtus_are_raised() throws Exception {
        for (String dpu : List.of("dpu-a", "dpu-b")) {
            for (String bridge : answer("ubuntu", dpu, "sudo", "ovs-vsctl", "list-br").lines().toList())
                answer("ubuntu", dpu, "sudo", "ovs-vsctl", "del-br", bridge);
            for (int port = 0; port < 2; port++) {
                String bridge = "ovs-br" + port;
                answer("ubuntu", dpu, "sudo", "ovs-vsctl", "add-br", bridge, "--", "set", "bridge", bridge, "datapath_type=netdev");
                answer("ubuntu", dpu, "sudo", "ovs-vsctl", "add-port", bridge, "p" + port);
                answer("ubuntu", dpu, "sudo", "ovs-vsctl", "add-port", bridge, "pf" + port + "hpf");
            }
        }
        assertNotEquals(0, ping(0, 8972));
        for (String dpu : List.of("dpu-a", "dpu-b"))
            for (String link : List.of("p0", "pf0hpf", "p1", "pf1hpf"))
                answer("ubuntu", dpu, "sudo", "ip", "link", "set", "dev", link, "mtu", "9216");
        for (int port = 0; port < 2; port++) assertEquals(0, ping(port, 8972), "full frames pass on port " + port);
    }

    @Test
    @Order(6)
    void dead_services_are_named() throws Exception {
        MachineExec dpu = NamespaceLab.machine(directory, "dpu-a").orElseThrow();
        dpu.output("pkill", "-x", "sshd");
        // a signal is sent, not obeyed, when pkill ends
        for (int i = 0; i < 1000 && dpu.run("pgrep", "-x", "sshd").status() == 0; i++) Thread.sleep(10);
        assertEquals("dpu-a: up, without sshd", NamespaceLab.status(directory).text().lines().filter(line -> line.startsWith("dpu-a"))
            .findFirst().orElseThrow());
        assertNotEquals(0, controller.ssh("ubuntu", "dpu-a", "true").status());
    }
}
