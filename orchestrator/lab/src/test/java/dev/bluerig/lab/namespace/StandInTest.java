package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabFaults;
import dev.bluerig.lab.machine.MachineExec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stand-ins answer what bluerig asks, as root and through sudo, keep what they are told, and refuse what they do not know.
@NeedsNamespaceLab
final class StandInTest {
    @TempDir
    static Path parent;
    private static Path directory;
    private static Controller controller;
    private static MachineExec host;
    private static MachineExec dpu;

    @BeforeAll
    static void up() throws LabFailed {
        directory = parent.resolve("lab");
        controller = new Controller(NamespaceLab.up(directory, NamespaceLab.Options.pairs(1)));
        host = NamespaceLab.machine(directory, "host-a").orElseThrow();
        dpu = NamespaceLab.machine(directory, "dpu-a").orElseThrow();
    }

    @AfterAll
    static void down() throws LabFailed {
        NamespaceLab.down(directory);
    }

    private static String sudo(String... command) throws Exception {
        var words = new ArrayList<>(List.of("sudo", "-n"));
        words.addAll(List.of(command));
        Controller.Ran ran = controller.ssh("lab", "host-a", words.toArray(String[]::new));
        assertEquals(0, ran.status(), () -> String.join(" ", words) + ": " + ran.out() + ran.err());
        return ran.out();
    }

    @Test
    void mst_maps_pci_addresses_to_netdevs() throws Exception {
        String status = sudo("mst", "status", "-v");
        assertTrue(status.lines().anyMatch(line -> line.matches("BlueField2\\(rev:1\\) +/dev/mst/mt41686_pciconf0 +b1:00\\.0 +mlx5_0"
            + " +net-ens5f0np0 +1 *")), status);
        assertTrue(status.lines().anyMatch(line -> line.matches("BlueField2\\(rev:1\\) +/dev/mst/mt41686_pciconf0\\.1 +b1:00\\.1"
            + " +mlx5_1 +net-ens5f1np1 +1 *")), status);
    }

    @Test
    void card_says_the_same_in_every_tool() throws Exception {
        String description = "Crypto Enabled";
        assertTrue(sudo("mlxfwmanager", "--query", "-d", "0000:b1:00.0").contains(description));
        assertTrue(sudo("flint", "-d", "0000:b1:00.0", "q", "full").contains(description));
        assertTrue(sudo("mstflint", "-d", "b1:00.1", "q", "full").contains(description));
        assertTrue(sudo("mlxconfig", "-d", "0000:b1:00.0", "-e", "q").contains("INTERNAL_CPU_MODEL                  EMBEDDED_CPU(1)"));
        assertTrue(sudo("mlxprivhost", "-d", "0000:b1:00.0", "q").contains("PRIVILEGED"));
        assertTrue(sudo("lspci", "-D", "-vv", "-s", "0000:b1:00.0").contains("Crypto Enabled,"));
        assertTrue(dpu.output("lspci", "-Dnn", "-d", "15b3:").contains("SoC Crypto enabled [15b3:a2d4]"));
        MachineExec.Result secure = host.run("flint", "-d", "0000:b1:00.0", "dc");
        assertEquals(1, secure.status());
        assertTrue(secure.output().startsWith("-E- Failed dumping Fw Configuration"), secure.output());
    }

    @Test
    void unknown_arguments_fail_loudly() throws Exception {
        for (List<String> command : List.of(List.of("mst", "frobnicate"), List.of("flint", "-d", "b1:00.0", "burn"),
            List.of("mlxconfig", "-d", "b1:00.0", "set", "A=1"),
            List.of("systemctl", "isolate", "rescue.target"), List.of("lspci", "-t"), List.of("modprobe", "--show-depends", "tls"))) {
            MachineExec.Result refused = host.run(command.toArray(String[]::new));
            assertEquals(64, refused.status(), command + ": " + refused.output());
            assertTrue(refused.output().contains("stand-in"), refused.output());
        }
        assertTrue(host.run("flint", "-d", "0000:c1:00.0", "q").output().startsWith("-E- Cannot open Device"));
    }

    @Test
    void tls_flags_are_kept_and_everything_else_is_the_real_ethtool() throws Exception {
        assertTrue(sudo("ethtool", "-k", "ens5f1np1").contains("tls-hw-tx-offload: on\n"));
        assertTrue(sudo("ethtool", "-k", "ens5f1np1").contains("tls-hw-rx-offload: off\n"), "off by default");
        sudo("ethtool", "-K", "ens5f1np1", "tls-hw-tx-offload", "off", "tls-hw-rx-offload", "on", "gro", "on");
        String flags = sudo("ethtool", "-k", "ens5f1np1");
        assertTrue(flags.contains("tls-hw-tx-offload: off\n") && flags.contains("tls-hw-rx-offload: on\n")
            && flags.contains("generic-receive-offload: on\n"), flags);
        assertTrue(flags.contains("tls-hw-record: off [fixed]"), flags);
        assertTrue(dpu.output("ethtool", "-k", "p0").contains("tls-hw-tx-offload: off [fixed]"), "TLS is fixed on the Arm side");
        assertNotEquals(0, host.run("ethtool", "-k", "nosuch0").status());
        assertTrue(sudo("ethtool", "-i", "ens5f1np1").contains("driver: veth"));
    }

    @Test
    void modules_are_loaded_per_machine() throws Exception {
        assertFalse(sudo("lsmod").contains("tls "));
        sudo("modprobe", "tls");
        assertTrue(sudo("lsmod").lines().anyMatch(line -> line.matches("tls +151552  0 ?")));
        assertFalse(NamespaceLab.machine(directory, "host-b").orElseThrow().output("lsmod").contains("tls "));
        sudo("modprobe", "-r", "tls");
        assertFalse(sudo("lsmod").contains("tls "));
        assertTrue(host.run("modprobe", "nosuch").output().contains("Module nosuch not found"));
        assertTrue(sudo("modinfo", "-F", "filename", "tls").strip().endsWith("/kernel/net/tls/tls.ko"));
        String release = host.output("uname", "-r").strip();
        assertTrue(sudo("grep", "MLX5_EN_TLS", "/boot/config-" + release).contains("CONFIG_MLX5_EN_TLS=y"));
    }

    @Test
    void services_keep_what_they_were_told() throws Exception {
        String[] show = {"systemctl", "show", "-p", "Id,LoadState,ActiveState,SubState,UnitFileState", "rshim.service", "nosuch.service"};
        assertEquals("""
            Id=rshim.service
            LoadState=loaded
            ActiveState=active
            SubState=running
            UnitFileState=disabled

            Id=nosuch.service
            LoadState=not-found
            ActiveState=inactive
            SubState=dead
            UnitFileState=
            """, sudo(show));
        sudo("systemctl", "enable", "rshim.service");
        sudo("systemctl", "stop", "rshim.service");
        String stopped = sudo(show);
        assertTrue(stopped.contains("ActiveState=inactive") && stopped.contains("UnitFileState=enabled"), stopped);
        sudo("systemctl", "start", "rshim.service");
        assertTrue(sudo(show).contains("SubState=running"));
        MachineExec.Result unknown = host.run("systemctl", "start", "nosuch.service");
        assertEquals(5, unknown.status());
        assertEquals("Failed to start nosuch.service: Unit nosuch.service not found.", unknown.output().strip());
    }

    @Test
    void an_unit_that_was_written_is_enabled_and_started() throws Exception {
        host.output("install", "-D", "-m", "0644", "/usr/lib/systemd/system/rshim.service", "/etc/systemd/system/bluerig-example.service");
        host.output("sed", "-i", "s|/bin/true|/usr/bin/touch /run/started|", "/etc/systemd/system/bluerig-example.service");
        host.output("systemctl", "daemon-reload");
        host.output("systemctl", "enable", "bluerig-example.service");
        host.output("systemctl", "start", "bluerig-example.service");
        host.output("test", "-e", "/run/started");
        host.output("test", "-L", "/etc/systemd/system/multi-user.target.wants/bluerig-example.service");
    }

    @Test
    void open_vswitch_is_really_restarted() throws Exception {
        String before = dpu.output("cat", "/run/openvswitch/ovs-vswitchd.pid");
        dpu.output("ovs-vsctl", "--timeout=10", "--no-wait", "set", "open_vswitch", ".", "other_config:hw-offload=true");
        assertEquals("", dpu.output("systemctl", "restart", "openvswitch-switch.service"));
        assertNotEquals(before, dpu.output("cat", "/run/openvswitch/ovs-vswitchd.pid"));
        assertEquals("\"true\"", dpu.output("ovs-vsctl", "get", "open_vswitch", ".", "other_config:hw-offload").strip());
        dpu.output("ovs-vsctl", "--timeout=10", "remove", "open_vswitch", ".", "other_config", "hw-offload");
        dpu.output("pkill", "-KILL", "-x", "ovs-vswitchd");
        for (int i = 0; i < 200 && dpu.run("/usr/lib/bluerig-lab/ovs", "status").status() == 0; i++) Thread.sleep(10);
        assertTrue(dpu.output("systemctl", "show", "-p", "ActiveState", "openvswitch-switch").contains("inactive"),
            "a dead vswitchd is seen");
        dpu.output("systemctl", "start", "openvswitch-switch");
        assertEquals("up", dpu.output("ovs-vsctl", "--timeout=10", "get", "interface", "p0", "link_state").strip());
    }

    @Test
    void faults_come_and_go() throws Exception {
        MachineExec other = NamespaceLab.machine(directory, "host-b").orElseThrow();
        var faults = new LabFaults(other);
        faults.fillDisk();
        assertTrue(other.run("cp", "/etc/os-release", "/etc/copy").output().contains("No space left on device"));
        assertEquals(0, controller.ssh("lab", "host-b", "true").status(), "a full disk does not stop a login");
        faults.freeDisk();
        other.output("cp", "/etc/os-release", "/etc/copy");

        faults.hang("ethtool");
        assertEquals(124, controller.ssh("lab", "host-b", "sudo", "-n", "timeout", "1", "ethtool", "-k", "ens5f0np0").status());
        faults.unhang("ethtool");

        faults.card("description", "BlueField-2 DPU; Crypto Disabled; HHHL");
        assertTrue(other.output("ethtool", "-k", "ens5f0np0").contains("tls-hw-tx-offload: off [fixed]"));
        faults.pending("INTERNAL_CPU_OFFLOAD_ENGINE", "DISABLED(1)");
        assertTrue(other.output("mlxconfig", "-d", "b1:00.0", "-e", "q").lines()
            .anyMatch(line -> line.matches("\\* +INTERNAL_CPU_OFFLOAD_ENGINE.*DISABLED\\(1\\)")));

        faults.remove("mst");
        assertEquals(127, controller.ssh("lab", "host-b", "mst", "status").status());

        faults.changeHostKey();
        faults.killSshd();
        assertEquals(255, controller.ssh("lab", "host-b", "true").status());
        faults.startSshd();
        assertTrue(controller.ssh("lab", "host-b", "true").err().contains("Host key verification failed"), "the key is another one");
    }
}
