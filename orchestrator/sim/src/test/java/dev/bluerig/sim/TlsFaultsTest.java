package dev.bluerig.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.TlsFault;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What faults of kernel TLS, card and cable leave to be seen by the tools of the machine, before anything runs.
class TlsFaultsTest {
    private static String said(SimMachine machine, String line) {
        var ran = SimMachines.type(machine, line);
        return ran.out() + ran.err();
    }

    private static long tlsCounters(SimMachine machine) {
        said(machine, "modprobe tls");
        return said(machine, "cat /proc/net/tls_stat").lines().count();
    }

    @Test
    void the_kernel_decides_about_counters_flags_and_configuration() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(2).with(new Fault.OtherKernel("host-001", "5.8.0-63-generic"))
            .with(new Fault.OtherKernel("host-002", "6.1.0-18-amd64"))
            .with(new Fault.OtherKernel("host-003", "6.14.0-15-generic")))) {
            assertEquals(10, tlsCounters(lab.machine("host-001")));
            assertEquals(12, tlsCounters(lab.machine("host-002")));
            assertEquals(17, tlsCounters(lab.machine("host-003")));
            assertEquals(10, tlsCounters(lab.machine("host-004")));
            assertTrue(said(lab.machine("host-001"), "ethtool -k enp177s0f0np0").contains("tls-hw-rx-offload: off [fixed]"),
                "RX came with 5.9");
            assertTrue(said(lab.machine("host-002"), "ethtool -k enp177s0f0np0").contains("tls-hw-rx-offload: off\n"));
            assertEquals("5.8.0-63-generic\n", said(lab.machine("host-001"), "uname -r"));
            assertTrue(said(lab.machine("host-002"), "grep TLS /boot/config-6.1.0-18-amd64").contains("CONFIG_MLX5_EN_TLS=y"));
            assertTrue(said(lab.machine("host-002"), "modinfo -F filename mlx5_core").contains("/kernel/drivers/net/ethernet/mellanox/"));
            assertTrue(said(lab.machine("host-004"), "modinfo -F filename mlx5_core").contains("/updates/dkms/"));
            assertThrows(IllegalArgumentException.class, () -> lab.strike(new Fault.OtherKernel("host-001", "6.1.0")));
        }
    }

    @Test
    void a_module_that_is_not_there_cannot_be_loaded() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1).with(new Fault.KernelTls("host-a", TlsFault.NO_TLS_MODULE))
            .with(new Fault.KernelTls("host-b", TlsFault.NO_TLS_KERNEL)))) {
            for (String host : new String[] {"host-a", "host-b"}) {
                assertTrue(said(lab.machine(host), "modprobe tls").contains("FATAL: Module tls not found"));
                assertTrue(said(lab.machine(host), "cat /proc/net/tls_stat").contains("No such file"));
            }
            assertTrue(said(lab.machine("host-a"), "cat /boot/config-5.15.0-119-generic").contains("CONFIG_TLS=m"));
            assertTrue(said(lab.machine("host-b"), "cat /boot/config-5.15.0-119-generic").contains("# CONFIG_TLS is not set"));
            lab.heal("host-a");
            assertEquals("", said(lab.machine("host-a"), "modprobe tls"));
        }
    }

    @Test
    void heat_and_a_narrow_slot_stand_in_sysfs() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            SimMachine host = lab.machine("host-a");
            String pcie = "cat /sys/bus/pci/devices/0000:b1:00.0/current_link_width /sys/bus/pci/devices/0000:b1:00.0/max_link_width";
            String heat = "find /sys/bus/pci/devices/0000:b1:00.0/hwmon -maxdepth 2 -name 'temp*_input' -exec cat {} +";
            assertEquals("16\n16\n", said(host, pcie));
            assertEquals("52000\n", said(host, heat));
            lab.strike(new Fault.KernelTls("host-a", TlsFault.SLOW_CARD));
            lab.strike(new Fault.KernelTls("host-a", TlsFault.OVERHEATING));
            assertEquals("4\n16\n", said(host, pcie));
            assertEquals("104000\n", said(host, heat));
            lab.heal("host-a");
            assertEquals("16\n16\n", said(host, pcie));
        }
    }

    @Test
    void processes_of_others_stand_in_ss_and_in_the_counters_until_healed() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            SimMachine host = lab.machine("host-a");
            said(host, "modprobe tls");
            lab.strike(new Fault.ForeignTls("host-a", "nginx"));
            lab.strike(new Fault.PortsTaken("host-a", 47_000, 47_001, "iperf3"));
            String sockets = said(host, "ss -tiepnH");
            assertTrue(sockets.contains("users:((\"nginx\",pid=977,fd=5))")
                && sockets.contains("tcp-ulp-tls version: 1.2 cipher: aes-gcm-128 rxconf: hw txconf: hw"), sockets);
            assertTrue(said(host, "ss -tlnpH").contains("0.0.0.0:47001   0.0.0.0:* users:((\"iperf3\""), said(host, "ss -tlnpH"));
            assertTrue(said(host, "grep TlsCurrTxDevice /proc/net/tls_stat").endsWith("\t1\n"));
            lab.heal("host-a");
            assertFalse(said(host, "ss -tiepnH").contains("nginx"));
            assertFalse(said(host, "ss -tlnpH").contains("iperf3"));
            assertTrue(said(host, "grep TlsCurrTxDevice /proc/net/tls_stat").endsWith("\t0\n"));
            assertTrue(said(host, "grep TlsTxDevice /proc/net/tls_stat").endsWith("\t1\n"));
        }
    }

    @Test
    void nothing_may_be_started_from_a_noexec_cache() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1).with(new Fault.KernelTls("host-a", TlsFault.NO_EXEC)))) {
            SimMachine host = lab.machine("host-a");
            said(host, "mkdir /var/cache/bluerig");
            said(host, "cp /bin/true /var/cache/bluerig/true");
            assertEquals(126, SimMachines.type(host, "/var/cache/bluerig/true").status());
            assertTrue(said(host, "df -P -k /var/cache/bluerig").endsWith(" /var/cache\n"));
            assertTrue(said(host, "cat /proc/self/mounts").contains(" /var/cache ext4 rw,noexec"));
            lab.heal("host-a");
            assertEquals(0, SimMachines.type(host, "/var/cache/bluerig/true").status());
        }
    }
}
