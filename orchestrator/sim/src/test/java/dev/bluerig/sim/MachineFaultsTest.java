package dev.bluerig.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Reply;
import dev.bluerig.sim.machine.Killed;
import dev.bluerig.sim.machine.ProgramFault;
import dev.bluerig.sim.machine.Reboot;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.UserAccount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What faults do to programs and machines, seen without SSH.
class MachineFaultsTest {
    private final SimMachine host = SimMachines.pair(false).machine("host-a");

    private Reply.Ran ran(String... words) {
        return SimMachines.run(host, UserAccount.ROOT, List.of(words), "text\n");
    }

    @Test
    void programs_have_faults_of_their_own_until_they_are_healed() {
        host.faults().programFault("uname", ProgramFault.CHATTY);
        assertTrue(ran("uname", "-n").out().length() > ProgramFault.CHATTER);
        host.faults().programFault("cat", ProgramFault.EATS_INPUT);
        assertEquals("", ran("cat").out());
        host.faults().programFault("id", ProgramFault.NO_PROCESS);
        assertEquals(new Reply.Ran(2, "", "id: 1: Cannot fork\n"), ran("id", "-un"));
        int before = host.processes().running().size();
        host.faults().programFault("lsmod", ProgramFault.LEAVES_CHILD);
        assertEquals(0, ran("lsmod").status());
        assertEquals(before + 1, host.processes().running().size());
        host.heal();
        assertEquals("host-a\n", ran("uname", "-n").out());
        assertEquals("text\n", ran("cat").out());
    }

    @Test
    void a_read_only_disk_takes_no_change() {
        host.files().freeze();
        for (String line : List.of("echo x > /etc/x", "mkdir /etc/y", "mv /etc/hosts /etc/z", "rm /etc/hosts", "chmod 0600 /etc/hosts"))
            assertTrue(SimMachines.type(host, line).err().contains("Read-only file system"), line);
        host.heal();
        assertEquals(0, SimMachines.type(host, "echo x > /etc/x").status());
    }

    @Test
    void a_reboot_leaves_files_alone() {
        for (String line : List.of("ip link set dev enp177s0f0np0 mtu 9000 up", "ip address replace 192.0.2.1/30 dev enp177s0f0np0",
            "modprobe tls", "modprobe bonding", "echo bonding > /etc/modules-load.d/mine.conf", "echo x > /tmp/x", "systemctl stop rshim",
            "ethtool -K enp177s0f0np0 tls-hw-rx-offload on"))
            assertEquals(0, SimMachines.type(host, line).status(), line);
        assertThrows(Killed.class, () -> Reboot.of(host));
        assertTrue(host.modules().contains("bonding"));
        assertFalse(host.modules().contains("tls"));
        assertEquals(1500, host.port(0).mtu());
        assertFalse(host.port(0).isUp());
        assertEquals(List.of(), host.port(0).addresses());
        assertFalse(host.port(0).features().find("tls-hw-rx-offload").orElseThrow().on());
        assertTrue(host.services().find("rshim.service").orElseThrow().active());
        assertTrue(host.files().find("/tmp/x").isEmpty());
        assertFalse(host.links().find("eno1").orElseThrow().addresses().isEmpty(), "its way in");
    }

    @Test
    void a_clock_that_is_off_is_seen() {
        long now = Long.parseLong(ran("date", "+%s").out().strip());
        host.faults().misset(Duration.ofDays(730));
        assertTrue(Long.parseLong(ran("date", "+%s").out().strip()) - now >= Duration.ofDays(730).toSeconds());
    }

    @Test
    void a_killed_switch_is_dead_though_its_unit_is_active() {
        SimMachine dpu = SimMachines.pair(false).machine("dpu-a");
        dpu.ovs().kill();
        assertEquals("active\n", SimMachines.type(dpu, "systemctl is-active openvswitch-switch").out());
        assertEquals(1, SimMachines.type(dpu, "ovs-appctl version").status());
        assertEquals(0, SimMachines.type(dpu, "systemctl restart openvswitch-switch").status());
        assertEquals(0, SimMachines.type(dpu, "ovs-appctl version").status());
    }
}
