package dev.bluerig.lab.machine;

import java.nio.file.Path;
import java.util.Map;

/// The inventory of a lab and the known_hosts beside it, in the shape that a person would write for a real test-bed.
///
/// - `lab`: `namespace` or `kernel`; reports show it.
/// - `vars`: of all machines, as a YAML mapping in one line.
/// - `dials`: where the controller finds each host; a DPU is behind its host.
public record InventoryText(String lab, String vars, LabTopology topology, Path identity, Map<String, SshEndpoint> dials) {
    public InventoryText {
        dials = Map.copyOf(dials);
    }

    public String text() {
        var text = new StringBuilder("# written by: bluerig lab " + lab + " up\nlab: " + lab + "\nvars: " + vars + "\ngroups:\n")
            .append("  hosts: {ssh: {user: lab, identity: ").append(quoted()).append(", sudo: passwordless}}\n")
            .append("  dpus:  {ssh: {user: ubuntu, identity: ").append(quoted()).append(", sudo: passwordless}, mode: dpu}\nmachines:\n");
        for (LabMachine machine : topology.machines()) {
            switch (machine.kind()) {
                case HOST -> host(machine, text);
                case DPU -> dpu(machine, text);
            }
        }
        text.append("pairs:\n");
        for (int pair = 0; pair < topology.pairs(); pair++)
            text.append("  ").append(topology.pairName(pair)).append(": {ends: [").append(topology.host(2 * pair)).append(", ")
                .append(topology.host(2 * pair + 1)).append("], cables: [[0, 0], [1, 1]]}\n");
        return text.toString();
    }

    private void host(LabMachine host, StringBuilder text) {
        text.append("  ").append(host.name()).append(":\n    kind: host\n    groups: [hosts]\n").append(dial(host.name()).text())
            .append("    ports:\n");
        for (int port = 0; port < 2; port++)
            text.append("      - {pci: \"0000:b1:00.").append(port).append("\", address: ")
                .append(LabTopology.dataAddress(host.end(), port)).append("}\n");
    }

    private static void dpu(LabMachine dpu, StringBuilder text) {
        text.append("  ").append(dpu.name()).append(": {kind: dpu, groups: [dpus], host: ").append(dpu.host())
            .append(", card: \"0000:b1:00\", via: {link: tmfifo_net0, near: 192.168.100.1/30, far: ").append(LabTopology.DPU_ADDRESS)
            .append("}}\n");
    }

    /// A host is filed under its name and where it is dialled, and once more as `enrol` files it; a DPU under its name alone, because every
    /// DPU is 192.168.100.2.
    /// `keys`: of each machine, the type and the base64 of its public host key.
    public String knownHosts(Map<String, String> keys) {
        var text = new StringBuilder();
        for (LabMachine machine : topology.machines()) {
            String key = keys.get(machine.name());
            switch (machine.kind()) {
                case HOST -> text.append(machine.name()).append(',').append(dial(machine.name()).known()).append(' ').append(key)
                    .append('\n')
                    .append("bluerig/").append(machine.name()).append(' ').append(key).append('\n');
                case DPU -> text.append(machine.name()).append(' ').append(key).append('\n');
            }
        }
        return text.toString();
    }

    private SshEndpoint dial(String host) {
        SshEndpoint dial = dials.get(host);
        if (dial == null) throw new IllegalArgumentException("where is " + host + " dialled? Known: " + dials.keySet());
        return dial;
    }

    private String quoted() {
        return '"' + identity.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
