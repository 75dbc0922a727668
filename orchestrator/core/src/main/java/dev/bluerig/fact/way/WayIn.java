package dev.bluerig.fact.way;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolJson;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.system.SshConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How the controller gets into a machine: who comes in, by which links, addresses and routes, and which ports of bridges are on the way.
///
/// `standby`: members of a bond that wait for another one to fail. `ovs`: unknown when the database of Open vSwitch does not answer.
public record WayIn(List<SshConnections.Connection> connections, Links links, Set<String> standby, RoutingTables tables,
    RoutingRules rules, Neighbours neighbours, BridgePorts bridges, Reading<OvsTopology> ovs, SwitchMacs switched) {
    public WayIn {
        connections = List.copyOf(connections);
        standby = Set.copyOf(standby);
    }

    Optional<Link> link(String name) {
        return links.all().stream().filter(link -> link.name().text().equals(name)).findFirst();
    }

    /// Addresses that are this machine's own, on links that somebody could come by.
    public List<Link> holders(String address) {
        return links.all().stream().filter(link -> !link.name().text().equals("lo") && link.holds(address)).toList();
    }

    /// Others come in here, too: machines behind this one are reached through it.
    public WayIn and(List<SshConnections.Connection> others) {
        var all = new ArrayList<>(connections);
        all.addAll(others);
        return new WayIn(all, links, standby, tables, rules, neighbours, bridges, ovs, switched);
    }

    /// Both are what became of them.
    public WayIn after(Links others, RoutingTables routes) {
        return new WayIn(connections, others, standby, routes, rules, neighbours, bridges, ovs, switched);
    }

    /// What answers to a connection leave by, in each case that may be; empty where one of the ends is no address that is routed.
    public Map<String, RouteAnswer> answers(SshConnections.Connection connection) {
        String peer = connection.peer();
        boolean routed = !peer.isEmpty() && !isLoopback(peer) && !peer.startsWith("fe80:");
        return routed ? new RouteLookup(rules, tables).answers(connection.local(), peer, vrf(connection.local())) : Map.of();
    }

    /// Sessions of the machine with itself, or with a guest by its own address, need no link.
    static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }

    private Set<String> vrf(String local) {
        return holders(local).stream().filter(link -> links.vrf(link).isPresent()).flatMap(link -> links.tables(link).stream())
            .collect(Collectors.toSet());
    }

    public static Fact<WayIn> seen() {
        return WayQuestion.fact();
    }

    static Set<String> standby(String json) {
        return ToolJson.objects("ip address", json).stream().filter(object -> ToolJson.object(object, "linkinfo")
            .filter(info -> ToolJson.text(info, "info_slave_kind").filter("bond"::equals).isPresent())
            .flatMap(info -> ToolJson.object(info, "info_slave_data")).flatMap(data -> ToolJson.text(data, "state"))
            .filter("BACKUP"::equals).isPresent()).flatMap(object -> ToolJson.text(object, "ifname").stream()).collect(Collectors.toSet());
    }
}
