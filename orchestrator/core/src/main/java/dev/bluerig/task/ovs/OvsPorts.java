package dev.bluerig.task.ovs;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.task.diff.Change;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the names and states of ports tell.
public final class OvsPorts {
    /// p0; enp3s0f0np0 where NVIDIA's udev rules are missing (phys_port_name `p0`).
    private static final Pattern UPLINK = Pattern.compile("(?:.*n)?p(\\d+)");
    /// pf0hpf, en3f0pf0sf0, enp3s0f0npf0hpf, ens2f0c1pf0.
    private static final Pattern REPRESENTOR = Pattern.compile(".*pf(\\d+).*");

    private OvsPorts() {}

    static boolean isUplink(String port) {
        return UPLINK.matcher(port).matches();
    }

    /// Which physical function a port belongs to.
    static Optional<String> function(String port) {
        for (Pattern shape : List.of(REPRESENTOR, UPLINK)) {
            Matcher match = shape.matcher(port);
            if (match.matches()) return Optional.of(match.group(1));
        }
        return Optional.empty();
    }

    /// Netdevs that exist and that the switch nevertheless could not open, or has not looked at yet. A port without its netdev is left out.
    public static List<Change> broken(OvsTopology ovs, Links links) {
        return ovs.ports().flatMap(port -> port.interfaces().stream())
            .filter(device -> device.type().isEmpty() && !device.works() && link(links, device.name()).isPresent())
            .map(OvsPorts::broken).toList();
    }

    public static Change broken(OvsTopology.Interface device) {
        String found = device.error().isEmpty() ? "not yet opened (ofport " + device.ofport().map(String::valueOf).orElse("not set") + ")"
            : device.error();
        return new Change("port " + device.name(), "open in Open vSwitch", found);
    }

    static Optional<Link> link(Links links, String name) {
        try {
            return links.named(new LinkName(name));
        } catch (IllegalArgumentException strange) {
            return Optional.empty();
        }
    }

    /// The bridge, its ports, and the devices in them: what its change may cut.
    public static Set<String> names(OvsTopology.Bridge bridge) {
        var names = new TreeSet<>(Set.of(bridge.name()));
        bridge.ports().forEach(port -> {
            names.add(port.name());
            port.interfaces().forEach(device -> names.add(device.name()));
        });
        return names;
    }
}
