package dev.bluerig.sim.machine;

import dev.bluerig.sim.net.SimLink;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// All simulated machines and what connects them: each host with its DPU, the cables between the DPUs.
public final class SimWorld {
    /// One end of a cable: a port of the card of this DPU.
    public record End(String dpu, int port) {}

    private final Map<String, SimMachine> machines = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, String> dpuOf = new LinkedHashMap<>();
    private final Map<String, String> hostOf = new LinkedHashMap<>();
    private final Map<End, End> cables = new LinkedHashMap<>();
    private final PacketFabric fabric = new PacketFabric(this);
    private final TarArchives archives = new TarArchives();
    private final SocketTable switchboard = new SocketTable();

    void join(SimMachine host, SimMachine dpu) {
        machines.put(host.name(), host);
        machines.put(dpu.name(), dpu);
        dpuOf.put(host.name(), dpu.name());
        hostOf.put(dpu.name(), host.name());
    }

    void cable(End first, End second) {
        cables.put(first, second);
        cables.put(second, first);
    }

    public Map<String, SimMachine> machines() {
        return new LinkedHashMap<>(machines);
    }

    public SimMachine machine(String name) {
        SimMachine machine = machines.get(name);
        if (machine == null) throw new IllegalArgumentException("no simulated machine " + name + ", only " + machines.keySet());
        return machine;
    }

    public SimMachine dpuOf(SimMachine host) {
        return machine(dpuOf.get(host.name()));
    }

    public SimMachine hostOf(SimMachine dpu) {
        return machine(hostOf.get(dpu.name()));
    }

    Optional<End> otherEnd(End end) {
        return Optional.ofNullable(cables.get(end));
    }

    public TarArchives archives() {
        return archives;
    }

    public SocketTable switchboard() {
        return switchboard;
    }

    public PacketFabric fabric() {
        return fabric;
    }

    public boolean carrier(SimMachine machine, SimLink link) {
        return fabric.carrier(machine, link);
    }
}
