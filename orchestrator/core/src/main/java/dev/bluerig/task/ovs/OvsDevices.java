package dev.bluerig.task.ovs;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.OvsTopology.Interface;
import dev.bluerig.fact.ovs.OvsTopology.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The switch with its ports called by what they are: `dpdk0` with `dpdk-devargs=0000:03:00.0` is the uplink p0, whatever its name.
///
/// - `ovs`: ports and devices that are a netdev for certain carry that netdev's name.
/// - `records`: from such a name to the name in the database, which commands use.
/// - `suspects`: ports that may be a netdev, as far as their devices tell.
public record OvsDevices(OvsTopology ovs, Map<String, String> records, List<UnmatchedDevice> suspects) {
    /// `device`: what the port names; `port` on `bridge` holds it.
    record UnmatchedDevice(OvsDevargs device, String port, String bridge) {}

    public static OvsDevices of(OvsTopology found, Links links) {
        var records = new HashMap<String, String>();
        var suspects = new ArrayList<UnmatchedDevice>();
        var bridges = found.bridges().stream().map(bridge -> bridge.with(bridge.ports().stream().map(port -> {
            var devices = port.interfaces().stream().map(device -> called(device, port, bridge.name(), found, links, records, suspects))
                .toList();
            boolean alone = devices.size() == 1 && port.name().equals(port.interfaces().getFirst().name());
            return port.called(alone ? devices.getFirst().name() : port.name(), devices);
        }).toList())).toList();
        return new OvsDevices(new OvsTopology(found.flavour(), found.otherConfig(), bridges), Map.copyOf(records), List.copyOf(suspects));
    }

    private static Interface called(Interface device, Port port, String bridge, OvsTopology found, Links links,
        Map<String, String> records, List<UnmatchedDevice> suspects) {
        Optional<OvsDevargs> devargs = OvsDevargs.of(device);
        if (devargs.isEmpty() || devargs.get().mayBe(device.name(), links)) return device;
        Optional<String> netdev = devargs.get().netdev(links).map(Link::name).map(Object::toString);
        boolean twice = netdev.isPresent()
            && (records.containsKey(netdev.get()) || found.ports().flatMap(other -> other.interfaces().stream())
            .anyMatch(other -> other.name().equals(netdev.get())));
        if (netdev.isEmpty() || twice) {
            suspects.add(new UnmatchedDevice(devargs.get(), port.name(), bridge));
            return device;
        }
        records.put(netdev.get(), device.name());
        return device.called(netdev.get());
    }

    /// The name that the database has.
    public String record(String name) {
        return records.getOrDefault(name, name);
    }

    /// For people: what it is, and what it is called.
    public String shown(String name) {
        return records.containsKey(name) ? name + " (" + records.get(name) + ")" : name;
    }

    /// Another port that has this netdev's device, perhaps.
    List<UnmatchedDevice> holders(String wanted, Links links) {
        return suspects.stream().filter(suspect -> !suspect.port().equals(wanted) && suspect.device().mayBe(wanted, links)).toList();
    }
}
