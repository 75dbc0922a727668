package dev.bluerig.sim.halfdone;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What somebody typed on a machine that was as wanted, as root; only the tasks that it concerns need to see it.
record Drift(Set<String> tasks, String machine, String line) {
    /// A task beside those of the cases and of the playbook.
    record Wish(String task, String machine, String yaml) {}

    static final List<Wish> WISHES = List.of(
        new Wish("file", "host-a", "{path: /etc/deep/er/example.conf, content: \"one\\n\", mode: \"0640\", owner: \"root:lab\"}"),
        new Wish("file", "host-a", "{path: /etc/hosts, content: \"127.0.0.1 localhost\\n\"}"),
        new Wish("service", "host-a", "{name: rshim, enabled: false, running: false}"),
        new Wish("service", "dpu-a", "{name: openvswitch-switch, enabled: false, running: false}"),
        new Wish("service", "dpu-a", "{name: openvswitch-switch, enabled: true, running: true}"),
        new Wish("service", "host-a", "{name: mst, enabled: true, running: true}"),
        new Wish("kernel", "host-a", "{modules: [tls, bonding, 8021q]}"),
        new Wish("package", "host-a", "{names: [tcpdump, nmap, lldpd]}"),
        new Wish("command", "host-a", "{run: [mkdir, /etc/mark], unless: [test, -d, /etc/mark], because: a mark}"),
        new Wish("ovs", "dpu-a", "{hw_offload: true}"), new Wish("ovs", "dpu-a", "{hw_offload: false}"),
        new Wish("ovs_bridge", "dpu-a", "{bridge: everything, ports: [p0, pf0hpf, p1, pf1hpf], accept: named, other_ports: drop}"),
        new Wish("interface", "host-a", """
            - {pci: "0000:b1:00.0", addresses: [192.0.2.1/30, "fd00::1/64"], only: true, mtu: 9000, up: true, persist: true}
            - {pci: "0000:b1:00.1", addresses: [192.0.2.5/30], only: true, mtu: 4200, up: true, persist: true}
            """),
        new Wish("interface", "host-a", "{name: enp177s0f0np0, mtu: 1500, up: false, persist: true}"),
        new Wish("offload", "host-a", """
            - {pci: "0000:b1:00.0", tls_tx: true, tls_rx: true, persist: true}
            - {pci: "0000:b1:00.1", tls_tx: false, tls_rx: false, persist: true}
            """));

    private static final Set<String> HOST_PORTS = Set.of("interface", "offload");
    private static final Set<String> SWITCH = Set.of("ovs", "ovs_bridge", "service");

    private static final List<Drift> ALL = List.of(
        on("host-a", HOST_PORTS, "ip link set dev enp177s0f0np0 mtu 1500", "ip link set dev enp177s0f0np0 down",
        "ip address flush dev enp177s0f0np0", "ip address replace 198.51.100.9/24 dev enp177s0f0np0", "ip link set dev enp177s0f1np1 up",
        "rm -f /etc/netplan/60-bluerig-enp177s0f0np0.yaml", "echo '# mine' > /etc/netplan/60-bluerig-enp177s0f0np0.yaml",
        "ethtool -K enp177s0f0np0 tls-hw-tx-offload off", "ethtool -K enp177s0f0np0 tls-hw-rx-offload on",
        "ethtool -K enp177s0f1np1 tls-hw-rx-offload on; ip link set dev enp177s0f0np0 mtu 2000"),
        on("dpu-a", Set.of("interface"), "ip link set dev p0 mtu 1500", "ip link set dev pf0hpf down",
        "rm -f /etc/netplan/60-bluerig-p0.yaml"),
        on("dpu-a", SWITCH, "ovs-vsctl --no-wait set open_vswitch . other_config:hw-offload=false",
        "ovs-vsctl --no-wait set open_vswitch . other_config:hw-offload=true", "systemctl stop openvswitch-switch",
        "ovs-vsctl --no-wait del-br ovs-br0", "ovs-vsctl --no-wait del-port p0",
        "ovs-vsctl --no-wait del-port pf1hpf -- add-port ovs-br0 pf1hpf",
        "ovs-vsctl --no-wait set port pf0hpf tag=7", "systemctl disable openvswitch-switch", "ethtool -K p0 hw-tc-offload off"),
        on("host-a", Set.of("kernel"), "modprobe -r tls", "rm -f /etc/modules-load.d/bluerig.conf"),
        on("host-a", Set.of("service"), "systemctl stop rshim", "systemctl disable rshim", "systemctl disable --now rshim",
        "systemctl enable --now rshim", "systemctl stop mst"),
        on("host-a", Set.of("file"), "echo other > /etc/example.conf", "chmod 0600 /etc/example.conf", "rm -f /etc/example.conf",
        "chown lab /etc/example.conf", "echo other > /etc/hosts", "rm -rf /etc/deep", "echo half > /etc/.example.conf.bluerig-new"),
        on("host-a", Set.of("package"), "apt-get -y remove nmap lldpd ethtool"), on("host-a", Set.of("command"), "rm -rf /etc/mark"))
        .stream().flatMap(drifts -> drifts).toList();

    private static Stream<Drift> on(String machine, Set<String> tasks, String... lines) {
        return Stream.of(lines).map(line -> new Drift(tasks, machine, line));
    }

    static List<Drift> of(String task, String machine) {
        return ALL.stream().filter(drift -> drift.machine().equals(machine) && drift.tasks().contains(task)).toList();
    }
}
