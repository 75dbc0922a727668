package dev.bluerig.lab.namespace;

import java.nio.file.Path;

/// The inventory of a lab, in the shape that a person would write for a real test-bed.
record InventoryText(Topology topology, Path identity) {
    String text() {
        var text = new StringBuilder("# written by: bluerig lab namespace up\nlab: namespace\n")
            .append("vars: {mtu: 9000, dpu_mtu: 9216, proof_bytes: 4MiB, load_seconds: 1, share_of_line_rate: 0.0001}\ngroups:\n")
            .append("  hosts: {ssh: {user: lab, identity: ").append(quoted()).append(", sudo: passwordless}}\n")
            .append("  dpus:  {ssh: {user: ubuntu, identity: ").append(quoted()).append(", sudo: passwordless}, mode: dpu}\nmachines:\n");
        int end = 0;
        for (LabMachine machine : topology.machines()) {
            switch (machine.kind()) {
                case HOST -> host(machine, end++, text);
                case DPU -> dpu(machine, text);
            }
        }
        text.append("pairs:\n");
        for (int pair = 0; pair < topology.pairs(); pair++)
            text.append("  ").append(topology.pairName(pair)).append(": {ends: [").append(topology.name("host", 2 * pair)).append(", ")
                .append(topology.name("host", 2 * pair + 1)).append("], cables: [[0, 0], [1, 1]]}\n");
        return text.toString();
    }

    private static void host(LabMachine host, int end, StringBuilder text) {
        text.append("  ").append(host.name()).append(":\n    kind: host\n    groups: [hosts]\n    address: ").append(host.address()).append("\n    ports:\n");
        for (int port = 0; port < 2; port++)
            text.append("      - {pci: \"0000:b1:00.").append(port).append("\", address: ").append(Topology.dataAddress(end, port)).append("}\n");
    }

    private static void dpu(LabMachine dpu, StringBuilder text) {
        text.append("  ").append(dpu.name()).append(": {kind: dpu, groups: [dpus], host: ").append(dpu.host())
            .append(", card: \"0000:b1:00\", via: {link: tmfifo_net0, near: 192.168.100.1/30, far: ").append(dpu.address()).append("}}\n");
    }

    private String quoted() {
        return '"' + identity.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
