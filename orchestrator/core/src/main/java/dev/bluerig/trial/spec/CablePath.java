package dev.bluerig.trial.spec;

import dev.bluerig.fact.card.PortOnDpu;
import dev.bluerig.inventory.CableId;
import dev.bluerig.inventory.DpuMode;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.protocol.Role;
import java.util.List;
import java.util.stream.Stream;

/// One cable as it is today: the netdevs at its ends, and the DPUs on the way.
public record CablePath(PairTrial.Cable cable, LinkName server, LinkName client, List<DpuHop> ways) {
    public CablePath {
        ways = List.copyOf(ways);
    }

    /// A DPU that the cable runs through, on which side, by which uplink and representor.
    public record DpuHop(Machine dpu, Role end, LinkName uplink, LinkName representor) {}

    public CableId id() {
        return cable.id();
    }

    public LinkName link(Role role) {
        return role == Role.SERVER ? server : client;
    }

    /// The port's address that packets of this end are sent to.
    public String peer(Role role) {
        return cable.of(role == Role.SERVER ? Role.CLIENT : Role.SERVER).address().address();
    }

    /// The DPUs whose card holds the tested ports. One in NIC mode has no uplink of its own.
    public static List<DpuHop> ways(PairTrial trial, PairTrial.Cable cable) {
        return Stream.of(Role.values()).flatMap(role -> trial.dpusOf(role).stream()
            .filter(dpu -> dpu.mode().filter(DpuMode.NIC::equals).isEmpty())
            .filter(dpu -> dpu.card().filter(card -> !card.holds(cable.of(role).pci())).isEmpty())
            .map(dpu -> way(dpu, role, PortOnDpu.of(cable.of(role).pci())))).toList();
    }

    private static DpuHop way(Machine dpu, Role role, PortOnDpu port) {
        return new DpuHop(dpu, role, port.uplink(), port.representor());
    }
}
