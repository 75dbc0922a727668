package dev.bluerig.lab.namespace;

import dev.bluerig.lab.machine.LabMachine;
import dev.bluerig.lab.machine.LabTopology;
import dev.bluerig.lab.machine.SshEndpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which namespaces and links the namespace lab makes of a topology; a pure function of it and of the management subnet.
///
/// Addresses of the hosts' management links are /31 (RFC 3021) out of one /24, four to a pair.
record NamespaceWiring(LabTopology topology, String subnet) {
    NamespaceWiring {
        if (!subnet.matches("(\\d{1,3}\\.){3}")) throw new IllegalArgumentException("not the first three numbers of an address: " + subnet);
    }

    /// What every namespace of this lab is called.
    static String prefix(String id) {
        return "br-" + id + "-";
    }

    /// What every link of this lab in the controller's namespace is called; with the number of the host at most 11 of 15 characters.
    static String uplinkPrefix(String id) {
        return "br" + id + "-h";
    }

    String namespace(LabMachine machine) {
        return prefix(topology.id()) + machine.name();
    }

    /// Where the controller finds each host.
    Map<String, SshEndpoint> dials() {
        var dials = new LinkedHashMap<String, SshEndpoint>();
        for (int end = 0; end < topology.ends(); end++) dials.put(topology.host(end), SshEndpoint.standard(far(end)));
        return dials;
    }

    /// Lines for `ip -batch` in the controller's namespace.
    List<String> batch() {
        var batch = new ArrayList<String>();
        for (LabMachine machine : topology.machines()) batch.add("netns add " + namespace(machine));
        for (int end = 0; end < topology.ends(); end++) addEnd(end, batch);
        for (int pair = 0; pair < topology.pairs(); pair++)
            for (String port : List.of("p0", "p1")) join(port, dpu(2 * pair), port, dpu(2 * pair + 1), batch);
        for (int end = 0; end < topology.ends(); end++) {
            batch.add("address add " + near(end) + "/31 dev " + uplink(end));
            batch.add("link set dev " + uplink(end) + " up");
        }
        return batch;
    }

    private void addEnd(int end, List<String> batch) {
        String host = host(end);
        String dpu = dpu(end);
        batch.add("link add name " + uplink(end) + " type veth peer name eno1 netns " + host);
        join("tmfifo_net0", host, "tmfifo_net0", dpu, batch);
        join("ens5f0np0", host, "pf0hpf", dpu, batch);
        join("ens5f1np1", host, "pf1hpf", dpu, batch);
        join("en3f0pf0sf0", dpu, "enp3s0f0s0", dpu, batch);
        join("en3f1pf1sf0", dpu, "enp3s0f1s0", dpu, batch);
    }

    private static void join(String left, String leftNamespace, String right, String rightNamespace, List<String> batch) {
        batch.add("link add name " + left + " netns " + leftNamespace + " type veth peer name " + right + " netns " + rightNamespace);
    }

    /// Lines for `ip -batch` inside a machine.
    List<String> links(LabMachine machine) {
        int end = machine.end();
        return switch (machine.kind()) {
            case HOST -> List.of(
                "link set dev lo up",
                "link set dev ens5f0np0 address " + topology.mac(end, 0),
                "link set dev ens5f1np1 address " + topology.mac(end, 1),
                "link set dev tmfifo_net0 up",     // no address: factory state
                "address add " + far(end) + "/31 dev eno1",
                "link set dev eno1 up",
                "route add default via " + near(end));
            case DPU -> {
                var links =
                    new ArrayList<String>(List.of("link set dev lo up", "address add " + LabTopology.DPU_ADDRESS + "/30 dev tmfifo_net0",
                    "link set dev tmfifo_net0 up", "route add default via 192.168.100.1"));
                for (String link : LabTopology.DPU_LINKS) links.add("link set dev " + link + " up");
                yield links;
            }
        };
    }

    /// A host's address and its gateway.
    String management(int end) {
        return far(end) + "/31 " + near(end);
    }

    /// Links whose checksum and segmentation offloads must be off: the userspace datapath reads frames from packet sockets.
    static List<String> nics(LabMachine machine) {
        return switch (machine.kind()) {
            case HOST -> LabTopology.HOST_PORTS;
            case DPU -> LabTopology.DPU_LINKS;
        };
    }

    private String host(int end) {
        return prefix(topology.id()) + topology.host(end);
    }

    private String dpu(int end) {
        return prefix(topology.id()) + topology.dpu(end);
    }

    private String uplink(int end) {
        return uplinkPrefix(topology.id()) + (end + 1);
    }

    private String near(int end) {
        return subnet + 2 * end;
    }

    private String far(int end) {
        return subnet + (2 * end + 1);
    }
}
