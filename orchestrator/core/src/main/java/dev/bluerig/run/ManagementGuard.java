package dev.bluerig.run;

import dev.bluerig.converge.Guard;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.PortOnDpu;
import dev.bluerig.fact.link.ManagementPath;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Unreachable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The management paths that a machine must not cut: its own, and on a DPU also those of its host that run through the DPU's ports.
record ManagementGuard(Machine machine, Inventory inventory, Connections connections, SharedReadings readings) implements Guard {
    @Override
    public Fact<Map<String, String>> own() {
        return new ManagementPath.Seen().map(ManagementPath::links);
    }

    /// The host is asked, because only it knows its routes and sessions.
    @Override
    public Map<String, String> behind() throws Unreachable {
        Optional<Machine> host = inventory.hostOf(machine);
        return host.isEmpty() ? Map.of() : through(host.get());
    }

    private Map<String, String> through(Machine host) throws Unreachable {
        Fact<Map<LinkName, String>> seen = new ManagementPath.Seen().with(new PortLinks.Seen(), this::ports);
        return switch (new Facts(connections.to(host), readings).see(seen)) {
            case Reading.Known<Map<LinkName, String>>(var ports) -> carriers(host, ports);
            case Reading.Unknown<Map<LinkName, String>>(String why) -> doubtful(host, why);
        };
    }

    /// Unknown is not free: every port of the host counts.
    private static Map<String, String> doubtful(Machine host, String why) {
        var carriers = new TreeMap<String, String>();
        host.ports().forEach(port -> PortOnDpu.of(port.pci()).links().forEach(link ->
            carriers.put(link.text(), "it is not known whether it carries the management of " + host.name() + ": " + why)));
        return carriers;
    }

    /// Of the links that carry the host's management, those that are ports of this DPU's card, each as the DPU's links for it, and why.
    private Map<LinkName, String> ports(ManagementPath path, PortLinks ports) {
        var ours = new TreeMap<LinkName, String>();
        ports.netdevs().forEach((pci, netdev) -> carried(pci, netdev, path, ours));
        ports.unclear().forEach((pci, netdevs) -> netdevs.forEach(netdev -> carried(pci, netdev, path, ours)));
        return ours;
    }

    private void carried(PciAddress pci, LinkName netdev, ManagementPath path, Map<LinkName, String> ours) {
        boolean onCard = machine.card().map(card -> card.holds(pci)).orElse(true);
        String why = path.links().getOrDefault(netdev.text(), "");
        if (onCard && !why.isEmpty()) PortOnDpu.of(pci).links().forEach(link -> ours.put(link, why));
    }

    private static Map<String, String> carriers(Machine host, Map<LinkName, String> ports) {
        var carriers = new TreeMap<String, String>();
        ports.forEach((port, why) -> carriers.put(port.text(), "carries " + host.name() + ": " + why));
        return carriers;
    }
}
