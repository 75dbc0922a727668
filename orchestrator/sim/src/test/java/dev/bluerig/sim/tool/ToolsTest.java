package dev.bluerig.sim.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Reply;
import dev.bluerig.sim.SimMachines;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimWorld;
import dev.bluerig.sim.machine.UserAccount;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The main path of each modelled program, and the mistakes whose texts were tried with the real ones (Debian 12).
class ToolsTest {
    private final SimWorld world = SimMachines.pair(false);
    private final SimMachine host = world.machine("host-a");
    private final SimMachine dpu = world.machine("dpu-a");

    private static Reply.Ran on(SimMachine machine, String line) {
        return SimMachines.type(machine, line);
    }

    private static void says(SimMachine machine, String line, String part) {
        Reply.Ran ran = on(machine, line);
        assertTrue(ran.status() == 0 && ran.out().contains(part), line + ": " + ran);
    }

    private static void fails(SimMachine machine, String line, int status, String err) {
        assertEquals(new Reply.Ran(status, "", err + "\n"), on(machine, line), line);
    }

    @AfterEach
    void everythingWasModelled() {
        assertEquals(List.of(), host.unknownCommands());
        assertEquals(List.of(), dpu.unknownCommands());
    }

    @Test
    void ip() {
        says(host, "ip -d -j address show", "\"parentbus\":\"pci\",\"parentdev\":\"0000:b1:00.0\"");
        says(host, "ip -j route show table all", "{\"dst\":\"default\",\"gateway\":");
        fails(host, "ip link set nope up", 1, "Cannot find device \"nope\"");
        fails(host, "ip address show dev nope", 1, "Device \"nope\" does not exist.");
        fails(host, "ip address del 9.9.9.9/24 dev eno1", 2, "Error: ipv4: Address not found.");
        fails(host, "ip link set dev eno1 mtu 70000", 2, "Error: mtu greater than device maximum.");
        fails(host, "ip link set dev eno1 mtu 20", 2, "Error: mtu less than device minimum.");
        fails(host, "ip address add 192.0.2.999/30 dev eno1", 1, "Error: any valid prefix is expected rather than \"192.0.2.999/30\".");
        assertEquals(0, on(host, "ip addr add 192.0.2.1/30 dev enp177s0f0np0 && ip addr replace 192.0.2.1/30 dev enp177s0f0np0").status());
        fails(host, "ip addr add 192.0.2.1/30 dev enp177s0f0np0", 2, "Error: ipv4: Address already assigned.");
        says(host, "ip link set enp177s0f0np0 up; ip route get 192.0.2.2", "192.0.2.2 dev enp177s0f0np0 src 192.0.2.1");
        says(dpu, "ip -j link show dev p0", "\"master\":\"ovs-system\"");
        assertEquals(2, SimMachines.run(host, new UserAccount("lab", 1000, "/home/lab"), List.of("ip", "link", "set", "eno1", "down"), "")
            .status());
    }

    @Test
    void ethtool() {
        says(host, "ethtool -k enp177s0f0np0", "tls-hw-tx-offload: on\ntls-hw-rx-offload: off\n");
        assertEquals(new Reply.Ran(0, "", ""), on(host, "ethtool -K enp177s0f0np0 tls-hw-tx-offload on tls-hw-rx-offload on"));
        says(host, "ethtool -k enp177s0f0np0", "tls-hw-rx-offload: on\n");
        says(dpu, "ethtool -k p0", "tls-hw-rx-offload: off [fixed]");
        assertEquals(new Reply.Ran(1, "Actual changes:\ntls-hw-rx-offload: off [requested on]\n", "Could not change any device features\n"),
            on(dpu, "ethtool -K p0 tls-hw-rx-offload on"));
        fails(host, "ethtool -K eno1 nonsense on", 1, "netlink error: bit name not found (offset 52)\nnetlink error: Operation not"
            + " supported");
        fails(host, "ethtool -k nope", 1, "netlink error: no device matches name (offset 24)\nnetlink error: No such device");
        says(host, "ethtool -i enp177s0f0np0", "bus-info: 0000:b1:00.0");
    }

    @Test
    void cards() {
        says(host, "lspci -Dnn -d 15b3:", "0000:b1:00.0 Ethernet controller [0200]: Mellanox Technologies MT42822 BlueField-2"
            + " integrated ConnectX-6 Dx network controller [15b3:a2d6] (rev 01)");
        says(dpu, "lspci", "00:00.0 PCI bridge: Mellanox Technologies MT42822 BlueField-2 SoC Crypto enabled (rev 01)");
        says(host, "lspci -D -vv -s 0000:b1:00.0", "[PN] Part number: MBF2M516A-CECO");
        assertFalse(on(host, "lspci -D -vv -s 0000:b1:00.0").out().contains("b1:00.1"));
        assertEquals(2, on(host, "ls /dev/mst").status());
        says(host, "mst status -v", "MST PCI configuration module is not loaded");
        says(host, "mst start", "Create devices");
        says(host, "ls /dev/mst", "mt41686_pciconf0");
        says(host, "mst status -v", "net-enp177s0f0np0");
        says(host, "flint -d /dev/mst/mt41686_pciconf0 q full", "Security Attributes:   secure-fw");
        fails(host, "flint -d b1:00.0 dc", 1, "-E- Failed dumping Fw Configuration : Operation not supported on an encrypted flash/image");
        assertEquals(1, on(host, "flint -d 00:1f.0 q").status());
        says(host, "mlxfwmanager --query -d 0000:b1:00.0", "Crypto Enabled");
        says(host, "mlxconfig -d 0000:b1:00.0 -e q", "INTERNAL_CPU_OFFLOAD_ENGINE          ENABLED(0)");
        assertEquals(0, on(dpu, "mlxconfig -d 03:00.0 -y set INTERNAL_CPU_OFFLOAD_ENGINE=1").status());
        says(host, "mlxconfig -d b1:00.0 -e q", "*       INTERNAL_CPU_OFFLOAD_ENGINE");
        says(host, "mlxprivhost -d b1:00.0 q", "level                         : PRIVILEGED");
        says(host, "devlink -j dev info pci/0000:b1:00.0", "\"fw.psid\":\"MT_0000000375\"");
        says(dpu, "devlink dev eswitch show pci/0000:03:00.0", "mode switchdev");
        says(host, "find /dev -maxdepth 2 -path '/dev/rshim*/misc' -exec cat '{}' +", "DEV_NAME        pcie-0000:b1:00.2");
        says(host, "find /sys/class/net -maxdepth 1 -type l -printf '%f %l\\n'",
            "enp177s0f0np0 ../../devices/pci0000:b1/0000:b1:00.0/net/enp177s0f0np0\n");
        assertEquals(127, on(host, "mstflint -d b1:00.0 q").status());
    }

    @Test
    void kernel_modules_and_services() {
        assertEquals(2, on(host, "cat /proc/net/tls_stat; exit 2").status());
        assertEquals(new Reply.Ran(0, "", ""), on(host, "modprobe tls"));
        says(host, "lsmod", "tls");
        says(host, "cat /proc/net/tls_stat", "TlsCurrTxSw                     \t0\n");
        fails(host, "modprobe nope", 1, "modprobe: FATAL: Module nope not found in directory /lib/modules/5.15.0-119-generic");
        says(host, "modinfo -F filename mlx5_core", "/updates/dkms/");
        says(host, "grep -E -s -H '^(# )?CONFIG_(TLS|TLS_DEVICE)[= ].*$' /boot/config-5.15.0-119-generic",
            "/boot/config-5.15.0-119-generic:CONFIG_TLS=m\n");
        assertEquals("Id=openvswitch-switch.service\nLoadState=loaded\nActiveState=active\nSubState=exited\nUnitFileState=enabled\n\n"
            + "Id=openvswitch.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\n",
            on(dpu, "systemctl show -p Id,LoadState,ActiveState,SubState,UnitFileState openvswitch-switch.service openvswitch.service")
            .out());
        fails(host, "systemctl start nope", 5, "Failed to start nope.service: Unit nope.service not found.");
        assertEquals(0, on(host, "systemctl stop rshim && ! ls /dev/rshim0/misc 2>/dev/null && ! ip link show tmfifo_net0 2>/dev/null")
            .status());
        assertEquals(0, on(host, "systemctl start rshim && ip link show tmfifo_net0 >/dev/null").status());
        says(dpu, "ovs-appctl --timeout=5 version", "ovs-vswitchd (Open vSwitch) 3.1.0");
        fails(dpu, "systemctl stop openvswitch-switch; ovs-appctl --timeout=5 version", 1,
            "ovs-appctl: cannot read pidfile \"/var/run/openvswitch/ovs-vswitchd.pid\" (No such file or directory)");
    }

    @Test
    void files_and_packages() {
        Reply.Ran installed = SimMachines.run(host, UserAccount.ROOT, List.of("install", "-D", "-m", "0600", "/dev/stdin", "/etc/a/b/c"),
            "text\n");
        assertEquals(new Reply.Ran(0, "", ""), installed);
        says(host, "stat -c %F:%a:%U:%G /etc/a/b/c", "regular file:600:root:root");
        says(host, "stat -f -c %T /etc/a/b /proc /sys/class", "ext2/ext3\nproc\nsysfs\n");
        says(host, "lsattr -d /etc/a", "--------------e------- /etc/a\n");
        says(host, "getent passwd root && getent group root", "root:x:0:0::/root:/bin/sh\nroot:x:0:\n");
        assertEquals(2, on(host, "getent group nosuch").status());
        says(host, "mv -fT /etc/a/b/c /etc/a/d && cat /etc/a/d && rm -r /etc/a && ls -d /etc", "text\n/etc\n");
        fails(host, "stat -c %F /etc/a", 1, "stat: cannot statx '/etc/a': No such file or directory");
        fails(host, "rm /etc/a", 1, "rm: cannot remove '/etc/a': No such file or directory");
        assertEquals(new Reply.Ran(1, "ethtool installed\n", "dpkg-query: no packages found matching nope\n"),
            on(host, "dpkg-query -W -f '${Package} ${db:Status-Status}\\n' ethtool nope"));
        assertEquals(0, on(host, "env DEBIAN_FRONTEND=noninteractive apt-get -y -q install nope && dpkg-query -W nope").status());
        assertEquals(1, SimMachines.run(host, new UserAccount("lab", 1000, "/home/lab"), List.of("cat", "/root/.ssh/x"), "").status());
        assertEquals("cat: /etc/netplan/50-cloud-init.yaml: Permission denied\n",
            SimMachines.run(host, new UserAccount("lab", 1000, "/home/lab"), List.of("cat", "/etc/netplan/50-cloud-init.yaml"), "").err());
        assertEquals(127, on(host, "nmcli device").status());
    }
}
