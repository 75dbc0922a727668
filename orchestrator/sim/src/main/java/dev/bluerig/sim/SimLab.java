package dev.bluerig.sim;

import dev.bluerig.sim.machine.Accounts;
import dev.bluerig.sim.machine.FactoryState;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimWorld;
import dev.bluerig.sim.server.SimNode;
import dev.bluerig.sim.server.SimServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/// Simulated hosts and DPUs in this process, reached by real SSH on loopback addresses (Linux: all of 127.0.0.0/8 answers).
///
/// What is real: SSH. Everything behind the login is a model, so every report of it says SIMULATED.
public final class SimLab implements AutoCloseable {
    private final SimTopology topology;
    private final SimWorld world;
    private final FaultInjector faults;
    private final List<SimNode> nodes;
    private final SimServer server;
    private final KeyPair identity;

    private SimLab(SimTopology topology, SimWorld world, FaultInjector faults, List<SimNode> nodes, SimServer server, KeyPair identity) {
        this.topology = topology;
        this.world = world;
        this.faults = faults;
        this.nodes = List.copyOf(nodes);
        this.server = server;
        this.identity = identity;
    }

    public static SimLab start(SimTopology topology) throws IOException {
        SecurityUtils.setAPrioriDisabledProvider(SecurityUtils.BOUNCY_CASTLE, true);   // it is here for the pair, not for SSH
        try {
            KeyPair identity = key();
            SimWorld world = world(topology, identity);
            var faults = new FaultInjector(world);
            topology.faults().forEach(faults::strike);
            int port = freePort();
            List<SimNode> nodes = nodes(topology, world);
            return new SimLab(topology, world, faults, nodes, SimServer.start(nodes, port), identity);
        } catch (GeneralSecurityException impossible) {
            throw new IOException("no Ed25519 keys here", impossible);
        }
    }

    private static KeyPair key() throws GeneralSecurityException {
        return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    }

    /// Free on every loopback address, as far as one can tell beforehand.
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            return socket.getLocalPort();
        }
    }

    private static SimWorld world(SimTopology topology, KeyPair identity) {
        var world = new SimWorld();
        String key = PublicKeyEntry.toString(identity.getPublic()) + " bluerig-lab";
        Accounts.Sudo sudo = topology.sudoPassword().isEmpty() ? Accounts.Sudo.PASSWORDLESS : Accounts.Sudo.PASSWORD;
        var known = new FactoryState.Login(key, topology.sudoPassword(), false, sudo);
        FactoryState.Login dpu = topology.factoryLogin() ? new FactoryState.Login("", "ubuntu", true, Accounts.Sudo.PASSWORDLESS) : known;
        for (int i = 0; i < 2 * topology.pairs(); i++) {
            String suffix = SimTopology.suffix(topology.pairs(), i);
            String name = "dpu-" + suffix;
            boolean crypto = !topology.faults().contains(new Fault.CryptoDisabled(name));
            boolean nicMode = topology.faults().contains(new Fault.NicMode(name));
            FactoryState.pair(world, "host-" + suffix, name, i, new FactoryState.Make(crypto, nicMode, kernel(topology, "host-" + suffix)),
                address(i, false), known, dpu);
        }
        for (int i = 0; i < 2 * topology.pairs(); i += 2) {
            for (int port = 0; port < 2; port++)
                FactoryState.cable(world, "dpu-" + SimTopology.suffix(topology.pairs(), i), port,
                    "dpu-" + SimTopology.suffix(topology.pairs(), i + 1), port);
        }
        return world;
    }

    private static Optional<String> kernel(SimTopology topology, String host) {
        return topology.faults().stream().filter(Fault.OtherKernel.class::isInstance).map(Fault.OtherKernel.class::cast)
            .filter(other -> other.machine().equals(host)).map(Fault.OtherKernel::release).findFirst();
    }

    /// Hosts at 127.71.x.y, their DPUs at 127.72.x.y; `host` counts from 0.
    private static String address(int host, boolean dpu) {
        return "127." + (dpu ? 72 : 71) + "." + (host / 250) + "." + (host % 250 + 1);
    }

    private static List<SimNode> nodes(SimTopology topology, SimWorld world) throws GeneralSecurityException {
        var nodes = new ArrayList<SimNode>();
        for (int i = 0; i < 2 * topology.pairs(); i++) {
            String suffix = SimTopology.suffix(topology.pairs(), i);
            nodes.add(new SimNode(world.machine("host-" + suffix), address(i, false), address(i, false), key()));
            nodes.add(new SimNode(world.machine("dpu-" + suffix), address(i, true), "192.168.100.2", key()));
        }
        return nodes;
    }

    public SimTopology topology() {
        return topology;
    }

    public int port() {
        return server.port();
    }

    /// How many SSH connections are open.
    public int sessions() {
        return server.sessions();
    }

    public SimMachine machine(String name) {
        return world.machine(name);
    }

    /// Everything that was asked of a machine and is not modelled, by machine; empty is right.
    public Map<String, List<String>> unknownCommands() {
        var unknown = new TreeMap<String, List<String>>();
        world.machines().forEach((name, machine) -> {
            if (!machine.unknownCommands().isEmpty()) unknown.put(name, machine.unknownCommands());
        });
        return unknown;
    }

    /// Lets something go wrong from now on. Some faults are chosen at the start of the lab.
    public void strike(Fault fault) {
        if (fault instanceof Fault.AtStart) throw new IllegalArgumentException("chosen at the start of the lab: " + fault);
        faults.strike(fault);
    }

    /// Ends what was struck on this machine. A crippled service stays down until somebody starts it; a card stays as it was made.
    public void heal(String machine) {
        faults.heal(machine);
        world.machine(machine).heal();
    }

    /// Writes `inventory.yaml`, `known_hosts`, and the private key `identity` (mode 0600) that every machine accepts. Returns the
    /// inventory.
    public Path writeInventory(Path directory) throws IOException {
        return new SimLabFiles(topology, nodes, server.port(), identity).write(directory);
    }

    @Override
    public void close() throws IOException {
        server.close();
        faults.close();
    }
}
