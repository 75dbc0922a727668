package dev.bluerig.fact.link;

import dev.bluerig.fact.system.SshConnections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Follows connections down to the links that carry them: the one with the local address, those on the route back, the default route, and
/// whatever these stand on or belong to (a bridge's ports, a bond's members, what is below a VLAN, the VRF above).
record CarrierLinks(Links links, Routes routes) {
    Map<String, String> of(List<SshConnections.Connection> connections) {
        var why = new LinkedHashMap<String, String>();
        for (var connection : connections) {
            if (isLoopback(connection.peer())) continue;
            holder(connection.local()).forEach(name -> why.putIfAbsent(name, "it holds the address of " + connection.words()));
            if (connection.peer().startsWith("fe80:")) continue;   // leaves by the link that holds the local end
            routes.towards(connection.peer()).forEach(name -> why.putIfAbsent(name, "it is the way back of " + connection.words()));
        }
        routes.defaults().forEach(name -> why.putIfAbsent(name, "it has a default route"));
        boolean grown = true;
        while (grown) grown = grow(why);
        masters(why);
        return why;
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }

    private List<String> holder(String address) {
        return links.all().stream().filter(link -> link.addresses().stream().anyMatch(held -> held.cidr().address().equals(address)))
            .map(link -> link.name().text()).filter(name -> !name.equals("lo")).toList();
    }

    /// One step down: the parts of a carrier and what it stands on. An OVS bridge does not tell `ip` its ports, so all ports of the switch
    /// may carry it.
    private boolean grow(Map<String, String> why) {
        int before = why.size();
        for (Link link : links.all()) {
            String name = link.name().text();
            link.master().filter(why::containsKey)
                .ifPresent(master -> why.putIfAbsent(name, "it is part of " + master + ", and " + why.get(master)));
            link.master().filter("ovs-system"::equals).flatMap(master -> switched(why)).ifPresent(bridge ->
                why.putIfAbsent(name, "it may be switched to " + bridge + ", and " + why.get(bridge)));
            if (why.containsKey(name))
                link.lower().ifPresent(lower -> why.putIfAbsent(lower, name + " stands on it, and " + why.get(name)));
        }
        return why.size() > before;
    }

    private Optional<String> switched(Map<String, String> why) {
        return links.all().stream().filter(link -> link.kind().filter("openvswitch"::equals).isPresent())
            .map(link -> link.name().text()).filter(why::containsKey).findFirst();
    }

    /// A VRF takes its members' routes with it; the other members are not on the path.
    private void masters(Map<String, String> why) {
        var found = new LinkedHashMap<String, String>();
        links.all().stream().filter(link -> why.containsKey(link.name().text())).forEach(link ->
            link.master()
            .ifPresent(master -> found.putIfAbsent(master, link.name() + " belongs to it, and " + why.get(link.name().text()))));
        found.forEach(why::putIfAbsent);
    }
}
