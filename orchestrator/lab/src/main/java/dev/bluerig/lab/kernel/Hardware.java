package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabMachine;
import dev.bluerig.lab.machine.Topology;
import java.util.ArrayList;
import java.util.List;

/// The cards, cables and management links that a guest makes at every boot, before its machines start; a pure function of the topology.
///
/// A host's port is a device of the lab's NIC module over `wireN`, whose other end is the representor on the DPU. With one guest the two DPUs'
/// uplinks are the ends of a veth; with two, they are the guest's own network cards, which QEMU joins.
record Hardware(Topology topology, int guest, int guests) {
    /// How the virtual network cards of a guest's uplinks are known: the last two digits are the port's.
    static final String UPLINK_MAC = "52:54:00:01:00:";
    private static final List<String> UPLINKS = List.of("p0", "p1");

    Hardware {
        if (topology.pairs() != 1) throw new IllegalArgumentException("a kernel lab is one pair: " + topology);
        if (guests < 1 || guests > topology.ends() || guest < 0 || guest >= guests) throw new IllegalArgumentException("no guest " + guest + " of " + guests);
    }

    /// The machines of this guest.
    List<LabMachine> machines() {
        return topology.machines().stream().filter(machine -> guests == 1 || machine.end() == guest).toList();
    }

    /// A host's address and its gateway in QEMU's user network.
    static String management(LabMachine host) {
        return "10.0.2." + (16 + host.end()) + "/24 10.0.2.2";
    }

    /// Lines for `ip -batch` in the guest's own namespace.
    List<String> batch() {
        var batch = new ArrayList<String>();
        for (LabMachine machine : machines()) batch.add("netns add " + machine.name());
        for (LabMachine machine : machines())
            if (machine.kind() == LabMachine.Kind.HOST) addEnd(machine, batch);
        if (guests == 1) for (String port : UPLINKS) join(port, topology.dpu(0), port, topology.dpu(1), batch);
        return batch;
    }

    private void addEnd(LabMachine host, List<String> batch) {
        String dpu = topology.dpu(host.end());
        String management = "mgmt-" + (host.end() + 1);
        batch.add("link add name " + management + " type veth peer name eno1 netns " + host.name());
        batch.add("link set dev " + management + " master mgmt up");
        join("tmfifo_net0", host.name(), "tmfifo_net0", dpu, batch);
        for (int port = 0; port < 2; port++) {
            join("wire" + port, host.name(), "pf" + port + "hpf", dpu, batch);
            join("en3f" + port + "pf" + port + "sf0", dpu, "enp3s0f" + port + "s0", dpu, batch);
        }
    }

    private static void join(String left, String leftNamespace, String right, String rightNamespace, List<String> batch) {
        batch.add("link add name " + left + " netns " + leftNamespace + " type veth peer name " + right + " netns " + rightNamespace);
    }

    /// Lines for `ip -batch` in a machine's namespace, for what its drivers do before its software starts.
    List<String> inside(LabMachine machine) {
        var batch = new ArrayList<String>(List.of("link set dev lo up"));
        switch (machine.kind()) {
            case HOST -> {
                for (int port = 0; port < 2; port++) {
                    batch.add("link set dev wire" + port + " up");
                    batch.add("link add link wire" + port + " name " + Topology.HOST_PORTS.get(port) + " address " + topology.mac(machine.end(), port) + " type bluerig");
                }
            }
            case DPU -> {}
        }
        return batch;
    }
}
