package dev.bluerig.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Reply;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimWorld;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The whole way of a packet: host, representor, bridge, uplink, cable, and the same on the other side.
class SimTopologyTest {
    private static final List<String> FULL =
        List.of("ping", "-n", "-M", "do", "-c", "3", "-i", "0.2", "-W", "1", "-s", "8972", "-I", "enp177s0f0np0", "198.18.0.2");
    private static final List<String> SMALL = List.of("ping", "-n", "-c", "1", "-W", "1", "198.18.0.2");

    private final SimWorld world = SimMachines.pair(false);
    private final SimMachine host = world.machine("host-a");

    private void typed(String machine, String... lines) {
        for (String line : lines) {
            Reply.Ran ran = SimMachines.type(world.machine(machine), line);
            assertEquals(new Reply.Ran(0, "", ""), new Reply.Ran(ran.status(), "", ran.err()), line);
        }
        assertEquals(List.of(), world.machine(machine).unknownCommands());
    }

    private int pinged(List<String> words) {
        return SimMachines.run(host, words).status();
    }

    /// Section 3.4 of the guide, with the MTU of the design's rule 8.1.
    private void bridged(String dpu) {
        typed(dpu, "ovs-vsctl -- --if-exists del-br ovsbr1 -- --if-exists del-br ovsbr2", "ovs-vsctl add-br ovs-br0",
            "ovs-vsctl add-br ovs-br1",
            "ovs-vsctl add-port ovs-br0 p0 -- add-port ovs-br0 pf0hpf", "ovs-vsctl add-port ovs-br1 p1 -- add-port ovs-br1 pf1hpf",
            "ovs-vsctl set Open_vSwitch . other_config:hw-offload=true", "systemctl restart openvswitch-switch",
            "for link in p0 pf0hpf p1 pf1hpf; do ip link set dev $link mtu 9216 up; done");
    }

    private void addressed() {
        typed("host-a", "ip link set dev enp177s0f0np0 mtu 9000 up", "ip address replace 198.18.0.1/30 dev enp177s0f0np0");
        typed("host-b", "ip link set dev enp177s0f0np0 mtu 9000 up", "ip address replace 198.18.0.2/30 dev enp177s0f0np0");
    }

    @Test
    void out_of_the_box_nothing_passes() {
        Reply.Ran ran = SimMachines.run(host, SMALL);
        assertTrue(ran.status() != 0 && !ran.out().contains("64 bytes from"), ran.toString());
        assertEquals(2, pinged(FULL));
    }

    @Test
    void the_factory_bridges_forward_small_packets_and_the_guide_makes_room_for_large_ones() {
        addressed();
        assertEquals(0, pinged(SMALL), "the default bridges join p0 and pf0hpf");
        assertEquals(1, pinged(FULL), "1500 on the way");
        bridged("dpu-a");
        assertEquals(1, pinged(FULL), "one DPU is not enough");
        bridged("dpu-b");
        assertEquals(0, pinged(FULL));
        assertTrue(SimMachines.run(host, FULL).out().contains("3 packets transmitted, 3 received, 0% packet loss"));
    }

    @Test
    void every_link_of_the_chain_counts() {
        addressed();
        bridged("dpu-a");
        bridged("dpu-b");
        broken("dpu-b", "ovs-vsctl del-port ovs-br0 pf0hpf", "ovs-vsctl add-port ovs-br0 pf0hpf");
        broken("dpu-a", "ip link set dev p0 mtu 1500", "ip link set dev p0 mtu 9216");
        broken("dpu-b", "ip link set dev p0 down", "ip link set dev p0 up");
        broken("dpu-a", "ip link set dev pf0hpf down", "ip link set dev pf0hpf up");
        broken("dpu-b", "systemctl stop openvswitch-switch", "systemctl start openvswitch-switch");
        broken("dpu-a", "ovs-vsctl set bridge ovs-br0 fail_mode=secure", "ovs-vsctl clear bridge ovs-br0 fail_mode");
        broken("dpu-a", "ovs-vsctl set port p0 tag=5", "ovs-vsctl clear port p0 tag");
        broken("host-b", "ip address del 198.18.0.2/30 dev enp177s0f0np0", "ip address replace 198.18.0.2/30 dev enp177s0f0np0");
        broken("host-b", "ip link set dev enp177s0f0np0 mtu 1500", "ip link set dev enp177s0f0np0 mtu 9000");
        world.machine("dpu-b").faults().die();
        assertEquals(1, pinged(SMALL));
        assertTrue(SimMachines.type(world.machine("dpu-a"), "ip -j address show dev p0").out().contains("NO-CARRIER"), "the cable is dark");
    }

    private void broken(String machine, String harm, String mend) {
        typed(machine, harm);
        assertEquals(1, pinged(FULL), harm);
        typed(machine, mend);
        assertEquals(0, pinged(FULL), mend);
    }

    @Test
    void arp_finds_the_peer_and_duplicates() {
        addressed();
        String peer = world.machine("host-b").links().find("enp177s0f0np0").orElseThrow().mac();
        Reply.Ran found = SimMachines.run(host, List.of("arping", "-c", "2", "-w", "2", "-I", "enp177s0f0np0", "198.18.0.2"));
        assertEquals(0, found.status());
        assertTrue(found.out().contains("Unicast reply from 198.18.0.2 [" + peer.toUpperCase(java.util.Locale.ROOT) + "]"), found.out());
        assertEquals(1, pinged(List.of("arping", "-c", "2", "-w", "2", "-I", "enp177s0f0np0", "198.18.0.3")));
        assertEquals(1, pinged(List.of("arping", "-D", "-q", "-c", "2", "-w", "2", "-I", "enp177s0f0np0", "198.18.0.2")),
            "somebody has it");
        assertEquals(0, pinged(List.of("arping", "-D", "-q", "-c", "2", "-w", "2", "-I", "enp177s0f0np0", "198.18.0.1")), "only I have it");
        assertEquals(2, pinged(List.of("arping", "-c", "1", "-I", "enp177s0f1np1", "198.18.0.6")), "the link is down");
    }

    @Test
    void in_nic_mode_the_hosts_are_cabled_directly() {
        SimWorld direct = SimMachines.pair(true);
        for (String name : List.of("host-a", "host-b")) SimMachines.type(direct.machine(name),
            "ip link set dev enp177s0f0np0 mtu 9000 up; ip address replace 198.18.0." + (name.endsWith("a") ? 1 : 2)
            + "/30 dev enp177s0f0np0");
        assertEquals(0, SimMachines.run(direct.machine("host-a"), FULL).status());
        assertEquals(1, SimMachines.type(direct.machine("dpu-a"), "ip link show dev p0").status());
    }
}
