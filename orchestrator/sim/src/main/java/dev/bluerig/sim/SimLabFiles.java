package dev.bluerig.sim;

import dev.bluerig.sim.machine.FactoryState;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.server.SimNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/// What a user needs to reach the lab, as files: inventory, known hosts, private key.
record SimLabFiles(SimTopology topology, List<SimNode> nodes, int port, KeyPair identity) {
    Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path key = directory.resolve("identity");
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(key)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(identity, "bluerig-lab", null, out);
        } catch (GeneralSecurityException impossible) {
            throw new IOException("the key cannot be written", impossible);
        }
        Files.writeString(directory.resolve("identity.pub"), PublicKeyEntry.toString(identity.getPublic()) + " bluerig-lab\n");
        Files.writeString(directory.resolve("known_hosts"), knownHosts());
        Path inventory = directory.resolve("inventory.yaml");
        Files.writeString(inventory, inventory("identity"));   // beside the inventory
        return inventory;
    }

    /// A host by its address and as `enrol` remembers it, a DPU by its name in the inventory, because every DPU is 192.168.100.2.
    private String knownHosts() throws IOException {
        var text = new StringBuilder();
        for (SimNode node : nodes) {
            SimMachine machine = node.machine();
            KeyPair shown = node.hostKey();
            if (topology.faults().contains(new Fault.ChangedHostKey(machine.name()))) shown = other();
            String name = machine.kind() == SimMachine.Kind.HOST ? "[" + node.address() + "]:" + port + ",bluerig/" + machine.name()
                : machine.name();
            text.append(name).append(' ').append(PublicKeyEntry.toString(shown.getPublic())).append('\n');
        }
        return text.toString();
    }

    private static KeyPair other() throws IOException {
        try {
            return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        } catch (GeneralSecurityException impossible) {
            throw new IOException("no Ed25519 keys here", impossible);
        }
    }

    private String inventory(String key) {
        String sudo = topology.sudoPassword().isEmpty() ? "sudo: passwordless" : "sudo: password, sudo_password: "
            + topology.sudoPassword();
        String dpuLogin = topology.factoryLogin() ? "identity: " + key + ", password: ubuntu, sudo: passwordless"
            : "identity: " + key + ", " + sudo;
        var text = new StringBuilder();
        text.append("# written by the simulated lab: nothing here is hardware\n");
        text.append("lab: sim\n");
        // small and short: every byte is encrypted and decrypted by this JVM, and a model has no line rate
        text.append("vars: {mtu: 9000, dpu_mtu: 9216, proof_bytes: 4MiB, load_connections: 4, load_seconds: 1, share_of_line_rate:"
            + " 0.00001}\n");
        text.append("groups:\n");
        text.append("  hosts: {ssh: {user: lab, port: ").append(port).append(", identity: ").append(key).append(", ").append(sudo)
            .append("}}\n");
        text.append("  dpus: {ssh: {user: ubuntu, port: 22, ").append(dpuLogin).append("}, mode: dpu}\n");
        text.append("machines:\n");
        for (int i = 0; i < 2 * topology.pairs(); i++) machines(text, i);
        text.append("pairs:\n");
        for (int i = 0; i < 2 * topology.pairs(); i += 2) {
            text.append("  ").append(topology.pairs() == 1 ? "bench" : "bench-%03d".formatted(i / 2 + 1))
                .append(": {ends: [host-").append(SimTopology.suffix(topology.pairs(), i))
                .append(", host-").append(SimTopology.suffix(topology.pairs(), i + 1)).append("], cables: [[0, 0], [1, 1]]}\n");
        }
        return text.toString();
    }

    private void machines(StringBuilder text, int index) {
        String suffix = SimTopology.suffix(topology.pairs(), index);
        int pair = index / 2;
        text.append("  host-").append(suffix).append(":\n");
        text.append("    kind: host\n    groups: [hosts]\n");
        text.append("    address: ").append(nodes.get(2 * index).address()).append('\n');
        text.append("    ports:\n");
        for (int cable = 0; cable < 2; cable++) {
            // two addresses of a /30 for each cable: 198.18.0.0/15 is set aside for benchmarks (RFC 2544)
            int first = (2 * pair + cable) * 4 + 1 + index % 2;
            text.append("      - {pci: \"").append(FactoryState.SLOT).append('.').append(cable).append("\", address: 198.18.")
                .append(first / 256).append('.').append(first % 256).append("/30}\n");
        }
        text.append("  dpu-").append(suffix).append(": {kind: dpu, groups: [dpus], host: host-").append(suffix)
            .append(", card: \"").append(FactoryState.SLOT)
            .append("\", via: {link: tmfifo_net0, near: 192.168.100.1/30, far: 192.168.100.2}}\n");
    }
}
