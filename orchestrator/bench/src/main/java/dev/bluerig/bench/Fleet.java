package dev.bluerig.bench;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.inventory.Machine;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.MachineExec;
import dev.bluerig.lab.namespace.NamespaceLab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The hosts of a namespace lab as the bench uses them: put back, looked at and metered beside SSH.
final class Fleet implements AutoCloseable {
    private static final List<String> LINKS = List.of("ens5f0np0", "ens5f1np1");
    private static final List<String> FILES =
        List.of("/etc/netplan/60-bluerig-ens5f0np0.yaml", "/etc/netplan/60-bluerig-ens5f1np1.yaml", "/etc/bluerig-bench.conf");
    private static final long PATIENCE_MILLIS = 20_000;

    private final Path directory;
    private final Map<String, MachineExec> hosts;
    private final List<Machine> machines;
    private final int idle;

    private Fleet(Path directory, List<Machine> machines, Map<String, MachineExec> hosts) throws IOException {
        this.directory = directory;
        this.machines = machines;
        this.hosts = hosts;
        ProcessTimes now = ProcessTimes.now();
        this.idle = now.below(roots()).size();
    }

    /// Two hosts to a pair; the DPUs run, and nobody talks to them.
    static Fleet up(Path directory, int pairs) throws LabFailed, IOException {
        var ready = NamespaceLab.up(directory, NamespaceLab.Options.pairs(pairs).withoutOvs());
        Inventory inventory = InventoryReader.read(ready.inventory());
        List<Machine> machines = inventory.machines().values().stream().filter(machine -> machine.kind() == Machine.Kind.HOST).toList();
        var hosts = new LinkedHashMap<String, MachineExec>();
        for (Machine machine : machines)
            hosts.put(machine.name(), NamespaceLab.machine(directory, machine.name())
                .orElseThrow(() -> new LabFailed(machine.name() + " does not run")));
        var fleet = new Fleet(directory, machines, hosts);
        fleet.reset();
        return fleet;
    }

    Path directory() {
        return directory;
    }

    int size() {
        return machines.size();
    }

    /// For the shell: a line `MANAGEMENT-ADDRESS ADDRESS0 ADDRESS1` for each host.
    String addresses() {
        return machines.stream().map(machine -> machine.address().orElseThrow() + " "
            + machine.ports().stream().map(port -> port.address().orElseThrow().text()).collect(Collectors.joining(" ")) + "\n")
            .collect(Collectors.joining());
    }

    /// As it was before any job.
    void reset() throws LabFailed {
        for (MachineExec host : hosts.values()) {
            for (String link : LINKS) {
                host.output("ip", "address", "flush", "dev", link);
                host.output("ip", "link", "set", "dev", link, "mtu", "1500", "down");
                host.output("ethtool", "-K", link, "tls-hw-tx-offload", "off", "tls-hw-rx-offload", "off");
            }
            host.output("rm", "-f", FILES.get(0), FILES.get(1), FILES.get(2));
        }
    }

    /// Addresses, MTUs, admin states, flags and written files of every host, as text to compare.
    Map<String, String> states() throws LabFailed {
        var states = new LinkedHashMap<String, String>();
        for (Map.Entry<String, MachineExec> host : hosts.entrySet()) states.put(host.getKey(), state(host.getValue()));
        return states;
    }

    private static String state(MachineExec host) throws LabFailed {
        var state = new StringBuilder();
        for (String link : LINKS) {
            state.append(host.output("ip", "-o", "-4", "address", "show", "dev", link))
                // noop until the link is first up
                .append(host.output("ip", "-o", "link", "show", "dev", link).replaceFirst(" qdisc \\w+", ""));
            host.output("ethtool", "-k", link).lines().filter(line -> line.contains("tls-hw-"))
                .forEach(line -> state.append(line).append('\n'));
        }
        state.append(host.run("stat", "-c", "%n %a %U:%G", FILES.get(0), FILES.get(1), FILES.get(2)).output());
        state.append(host.run("cat", FILES.get(0), FILES.get(1), FILES.get(2)).output());
        state.append(host.output("ls", "-A", "/etc", "/etc/netplan", "/etc/systemd/system", "/etc/modules-load.d"));
        return state.toString();
    }

    /// CPU of all hosts since they started, once every process of the last run has ended and was waited for.
    double cpu() throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            ProcessTimes now = ProcessTimes.now();
            var ours = now.below(roots());
            if (ours.size() == idle) return now.seconds(ours);
            if (System.currentTimeMillis() > end)
                throw new IOException(ours.size() + " processes run on the hosts; " + idle + " did before the first run");
            Thread.sleep(20);
        }
    }

    private List<Long> roots() {
        return hosts.keySet().stream().map(host -> NamespaceLab.holder(directory, host).orElseThrow()).toList();
    }

    @Override
    public void close() throws LabFailed {
        NamespaceLab.down(directory);
    }
}
