package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabMachine;
import dev.bluerig.lab.machine.LabTopology;
import java.util.ArrayList;
import java.util.List;

/// The cards, cables and management links that a guest makes at every boot, before its machines start; a pure function of the topology.
///
/// A host's port is a device of the lab's NIC module over `wireN`, whose other end is the representor on the DPU. With one guest the two
/// DPUs' uplinks are the ends of a veth; with two, they are the guests' own network cards, which QEMU joins.
record GuestHardware(LabTopology topology, int guest, int guests) {
    private static final List<String> UPLINKS = List.of("p0", "p1");
    /// Every link that has an address of the lab's making: the same at every boot, or those outside go on sending to the one of the last
    /// boot.
    private static final List<String> LINKS =
        List.of("eno1", "tmfifo_net0", "wire0", "wire1", "p0", "p1", "pf0hpf", "pf1hpf", "en3f0pf0sf0", "en3f1pf1sf0",
        "enp3s0f0s0", "enp3s0f1s0");

    GuestHardware {
        if (topology.pairs() != 1) throw new IllegalArgumentException("a kernel lab is one pair: " + topology);
        if (guests < 1 || guests > topology.ends() || guest < 0 || guest >= guests)
            throw new IllegalArgumentException("no guest " + guest + " of " + guests);
    }

    /// The machines of this guest.
    List<LabMachine> machines() {
        return topology.machines().stream().filter(machine -> guests == 1 || machine.end() == guest).toList();
    }

    /// Which hosts are in this guest.
    List<Integer> ends() {
        return machines().stream().filter(machine -> machine.kind() == LabMachine.Kind.HOST).map(LabMachine::end).toList();
    }

    /// A network card of the guest that becomes a link of a machine, known by its address.
    record Uplink(String machine, String link, String address) {}

    /// None when both DPUs are in one guest.
    List<Uplink> uplinks() {
        if (guests == 1) return List.of();
        return ends().stream().map(this::dpu)
            .flatMap(dpu -> UPLINKS.stream().map(link -> new Uplink(dpu.name(), link, new VethEnd(dpu, link).address(topology)))).toList();
    }

    /// A host's address and its gateway in QEMU's user network.
    static String management(LabMachine host) {
        return QemuCommand.address(host.end()) + "/24 10.0.2.2";
    }

    /// Lines for `ip -batch` in the guest's own namespace.
    List<String> batch() {
        var batch = new ArrayList<String>();
        for (LabMachine machine : machines()) batch.add("netns add " + machine.name());
        for (LabMachine machine : machines()) {
            switch (machine.kind()) {
                case HOST -> addEnd(machine, dpu(machine.end()), batch);
                case DPU -> {}
            }
        }
        if (guests == 1) for (String port : UPLINKS) batch.add(new VethEnd(dpu(0), port).join(new VethEnd(dpu(1), port), topology));
        return batch;
    }

    private LabMachine dpu(int end) {
        return topology.machines().get(topology.ends() + end);
    }

    private void addEnd(LabMachine host, LabMachine dpu, List<String> batch) {
        String management = "mgmt-" + (host.end() + 1);
        batch.add("link add name " + management + " type veth peer " + new VethEnd(host, "eno1").text(topology));
        batch.add("link set dev " + management + " master mgmt up");
        batch.add(new VethEnd(host, "tmfifo_net0").join(new VethEnd(dpu, "tmfifo_net0"), topology));
        for (int port = 0; port < 2; port++) {
            batch.add(new VethEnd(host, "wire" + port).join(new VethEnd(dpu, "pf" + port + "hpf"), topology));
            batch.add(new VethEnd(dpu, "en3f" + port + "pf" + port + "sf0").join(new VethEnd(dpu, "enp3s0f" + port + "s0"), topology));
        }
    }

    /// One end of a veth.
    private record VethEnd(LabMachine machine, String link) {
        String text(LabTopology topology) {
            return "name " + link + " address " + address(topology) + " netns " + machine.name();
        }

        String address(LabTopology topology) {
            return topology.mac(machine.end(), 16 * (1 + machine.kind().ordinal()) + LINKS.indexOf(link));
        }

        String join(VethEnd other, LabTopology topology) {
            return "link add " + text(topology) + " type veth peer " + other.text(topology);
        }
    }

    /// Lines for `ip -batch` in a machine's namespace, for what its drivers do before its software starts.
    List<String> inside(LabMachine machine) {
        var batch = new ArrayList<String>(List.of("link set dev lo up"));
        switch (machine.kind()) {
            case HOST -> {
                for (int port = 0; port < 2; port++) {
                    // the NIC is one device to its user: what lies below it says nothing of its own, and goes up when the NIC does
                    batch.add("link set dev wire" + port + " addrgenmode none");
                    batch.add("link add link wire" + port + " name " + LabTopology.HOST_PORTS.get(port) + " address "
                        + topology.mac(machine.end(), port) + " type bluerig");
                }
            }
            case DPU -> {}
        }
        return batch;
    }
}
