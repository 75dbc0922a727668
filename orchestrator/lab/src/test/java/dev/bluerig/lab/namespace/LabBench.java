package dev.bluerig.lab.namespace;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Pair;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.SshDialer;
import dev.bluerig.remote.SshSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A lab of one pair with bluerig's own sessions to its machines, dialled when first asked for.
final class LabBench implements AutoCloseable {
    private final Inventory inventory;
    private final SshDialer dialer;
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    LabBench(NamespaceLab.Ready lab) throws IOException {
        var machines = new LinkedHashMap<String, Machine>();
        int end = 0;
        for (String line : Files.readAllLines(lab.knownHosts())) {
            String[] names = line.substring(0, line.indexOf(' ')).split(",");
            if (names.length == 2) machines.put(names[0], host(names[0], names[1], end++, lab));
            else machines.put(names[0], dpu(names[0], lab));
        }
        var cables = List.of(new Pair.Cable(0, 0), new Pair.Cable(1, 1));
        inventory = new Inventory(machines, Map.of("hosts", List.of("host-a", "host-b"), "dpus", List.of("dpu-a", "dpu-b")),
            Map.of("bench", new Pair("bench", "host-a", "host-b", cables)), Optional.of("namespace"));
        dialer = new SshDialer(SshSettings.only(lab.knownHosts()));
    }

    Inventory inventory() {
        return inventory;
    }

    Session session(String machine) throws Exception {
        Session open = sessions.get(machine);
        if (open != null) return open;
        Machine wanted = inventory.machines().get(machine);
        Optional<Session> host = wanted.host().isEmpty() ? Optional.empty() : Optional.of(session(wanted.host().get()));
        Session session = dialer.dial(wanted, host);
        sessions.put(machine, session);
        return session;
    }

    private static Machine host(String name, String address, int end, NamespaceLab.Ready lab) {
        List<Machine.Port> ports = List.of(0, 1).stream().map(port ->
            new Machine.Port(new PciAddress("0000:b1:00." + port), Optional.of(new Cidr(Topology.dataAddress(end, port))))).toList();
        return new Machine(name, Machine.Kind.HOST, List.of("hosts"), Optional.of(address), ssh("lab", lab), ports, Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Map.of());
    }

    private static Machine dpu(String name, NamespaceLab.Ready lab) {
        return new Machine(name, Machine.Kind.DPU, List.of("dpus"), Optional.empty(), ssh("ubuntu", lab), List.of(), Optional.of(name.replace("dpu", "host")),
            Optional.of("0000:b1:00"), Optional.of(new Machine.Via(new LinkName("tmfifo_net0"), new Cidr("192.168.100.1/30"), "192.168.100.2")),
            Optional.of("dpu"), Map.of());
    }

    private static Ssh ssh(String user, NamespaceLab.Ready lab) {
        return new Ssh(Optional.of(user), Optional.empty(), Optional.of(lab.identity().toString()), Optional.empty(), Optional.empty(), Ssh.Sudo.PASSWORDLESS, Optional.empty());
    }

    @Override
    public void close() {
        dialer.close();
    }
}
