package dev.bluerig.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A host or a DPU, with its variables already merged (outermost group first, then inner groups, then the machine itself).
///
/// - `groups`: all groups it is in, nested ones included.
/// - `address`: how it is dialled; absent for a DPU that is reached `via` its host.
/// - `ports`: of a host, in the order written.
/// - `host`, `card`, `via`, `mode`: of a DPU. `card` is the slot in the host.
public record Machine(String name, Kind kind, List<String> groups, Optional<String> address, Ssh ssh, List<Port> ports,
                      Optional<String> host, Optional<CardSlot> card, Optional<Via> via, Optional<DpuMode> mode, Map<String, Object> vars) {
    public Machine {
        groups = List.copyOf(groups);
        ports = List.copyOf(ports);
        vars = Map.copyOf(vars);
    }

    public enum Kind { HOST, DPU }

    /// A port of a host: a PCI address; its netdev is a fact. `on`: the bridge or bond that it is part of and that holds its address.
    public record Port(PciAddress pci, Optional<Cidr> address, Optional<LinkName> on) {
        public Port(PciAddress pci, Optional<Cidr> address) {
            this(pci, address, Optional.empty());
        }
    }

    /// The way from a host to a DPU: the host's link, the host's address on it, the DPU's address.
    public record Via(LinkName link, Cidr near, String far) {}
}
