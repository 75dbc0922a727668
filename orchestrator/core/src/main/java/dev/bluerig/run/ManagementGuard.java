package dev.bluerig.run;

import dev.bluerig.converge.Guard;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.PortOnDpu;
import dev.bluerig.fact.card.VirtualFunction;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.fact.system.SshConnections;
import dev.bluerig.fact.way.ManagementPath;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Unreachable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The management paths that a machine must not cut: its own; of a host also those to its DPUs; of a DPU also those of its host that run
/// through the DPU's ports.
record ManagementGuard(Machine machine, Inventory inventory, Connections connections, SharedReadings readings) implements Guard {
    @Override
    public Fact<WayIn> own() {
        return WayIn.seen().map(way -> way.and(inventory.dpusOf(machine).stream()
            .flatMap(dpu -> dpu.via().stream().flatMap(via -> jump(dpu, via, way).stream())).toList()));
    }

    /// A way by which nobody answers needs no care: what mends it may cut it.
    private static Optional<SshConnections.Connection> jump(Machine dpu, Machine.Via via, WayIn way) {
        boolean number = via.far().matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
        boolean set = way.links().named(via.link()).filter(Link::up).filter(link -> link.holds(via.near().address())).isPresent();
        boolean answers = !number || way.neighbours().mac(plain(via.far()), via.link().text()).isPresent();
        return set && answers ? Optional.of(new SshConnections.Connection(via.near().address(), number ? plain(via.far()) : "",
            "the way to "
            + dpu.name())) : Optional.empty();
    }

    /// As `ip` prints it.
    private static String plain(String address) {
        return new Cidr(address + (address.indexOf(':') < 0 ? "/32" : "/128")).address();
    }

    /// The host is asked, because only it knows its routes and sessions.
    @Override
    public Map<String, String> behind() throws Unreachable {
        Optional<Machine> host = inventory.hostOf(machine);
        return host.isEmpty() ? Map.of() : through(host.get());
    }

    private Map<String, String> through(Machine host) throws Unreachable {
        var facts = new Facts(connections.to(host), readings);
        Fact<Ports> seen = ManagementPath.seen().with(new PortLinks.Seen(), Ports::new);
        return switch (facts.see(seen)) {
            case Reading.Known<Ports>(Ports ports) -> carriers(host, ports, facts);
            case Reading.Unknown<Ports>(String why) -> doubtful(host, why);
        };
    }

    private record Ports(ManagementPath path, PortLinks links) {}

    /// Unknown is not free: every port of the host counts.
    private static Map<String, String> doubtful(Machine host, String why) {
        var carriers = new TreeMap<String, String>();
        host.ports().forEach(port -> PortOnDpu.of(port.pci()).links().forEach(link ->
            carriers.put(link.text(), "it is not known whether it carries the management of " + host.name() + ": " + why)));
        return carriers;
    }

    /// Of the links that carry the host's management, those that are ports of this DPU's card or virtual functions of one, each as the
    /// DPU's links for it, and why.
    private Map<String, String> carriers(Machine host, Ports ports, Facts facts) throws Unreachable {
        var ours = new TreeMap<String, String>();
        ports.links.netdevs().forEach((pci, netdev) -> carried(pci, netdev, ports.path, ours));
        ports.links.unclear().forEach((pci, netdevs) -> netdevs.forEach(netdev -> carried(pci, netdev, ports.path, ours)));
        for (Map.Entry<String, String> link : ports.path.links().entrySet()) {
            if (!isOfBus(link.getKey(), ports.links)) continue;
            var function = new VirtualFunction.Seen(new LinkName(link.getKey()));
            if (facts.see(function) instanceof Reading.Known<Optional<VirtualFunction>>(var one))
                one.filter(seen -> onCard(seen.port())).ifPresent(seen -> List.of(seen.representor(),
                    PortOnDpu.of(seen.port()).uplink().text()).forEach(name -> ours.putIfAbsent(name, link.getValue())));
        }
        ours.replaceAll((name, why) -> "carries " + host.name() + ": " + why);
        return ours;
    }

    /// Only what has a PCI function can be a virtual one.
    private static boolean isOfBus(String link, PortLinks ports) {
        return ports.netdevs().values().stream().anyMatch(netdev -> netdev.text().equals(link));
    }

    private void carried(PciAddress pci, LinkName netdev, ManagementPath path, Map<String, String> ours) {
        String why = path.links().getOrDefault(netdev.text(), "");
        if (onCard(pci) && !why.isEmpty()) PortOnDpu.of(pci).links().forEach(link -> ours.put(link.text(), why));
    }

    private boolean onCard(PciAddress pci) {
        return machine.card().map(card -> card.holds(pci)).orElse(true);
    }
}
