package dev.bluerig.lab.sim.machine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// All simulated machines and what connects them: each host with its DPU, the cables between the DPUs.
public final class World {
    /// One end of a cable: a port of the card of this DPU.
    public record End(String dpu, int port) {}

    private final Map<String, SimMachine> machines = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, String> dpuOf = new LinkedHashMap<>();
    private final Map<String, String> hostOf = new LinkedHashMap<>();
    private final Map<End, End> cables = new LinkedHashMap<>();
    private final Fabric fabric = new Fabric(this);
    private final Archives archives = new Archives();
    private final Switchboard switchboard = new Switchboard();

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

    public Archives archives() {
        return archives;
    }

    public Switchboard switchboard() {
        return switchboard;
    }

    public Fabric fabric() {
        return fabric;
    }

    public boolean carrier(SimMachine machine, Link link) {
        return fabric.carrier(machine, link);
    }
}
