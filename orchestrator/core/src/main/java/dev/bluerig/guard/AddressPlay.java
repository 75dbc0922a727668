package dev.bluerig.guard;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.way.RoutingTables;
import dev.bluerig.fact.way.RoutingTables.Hop;
import dev.bluerig.fact.way.RoutingTables.Route;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.Deed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Addresses and routes after some deeds, as Linux does it (fib_frontend.c, addrconf.c; tried with 6.18).
///
/// An address brings a route to its subnet while its link is up, and an IPv4 one a broadcast. An IPv4 address takes with it every route
/// bound to it (`src`), the later addresses of its subnet (unless `promote_secondaries` is set), and the last one of a link all routes over
/// that link. A link that goes down takes its routes, its IPv6 addresses, and the VLANs on it along.
final class AddressPlay {
    private static final int METRIC_6 = 256;

    private final WayIn before;
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final List<Route> routes;

    private AddressPlay(WayIn before) {
        this.before = before;
        before.links().all().forEach(link -> links.put(link.name().text(), link));
        routes = new ArrayList<>(before.tables().routes());
    }

    static WayIn after(WayIn before, List<Deed> deeds) {
        var play = new AddressPlay(before);
        deeds.forEach(play::act);
        return before.after(new Links(List.copyOf(play.links.values())), new RoutingTables(play.routes));
    }

    private void act(Deed deed) {
        switch (deed) {
            case Deed.SetLink(String link, boolean up) -> set(link, up);
            case Deed.AddAddress(String link, Cidr address) -> add(link, address);
            case Deed.RemoveAddress(String link, Cidr address) -> remove(link, address);
            case Deed.SetMtu _, Deed.Disturb _, Deed.LeaveBridge _, Deed.JoinBridge _, Deed.DeleteBridge _, Deed.Reprogram _,
                Deed.RunUnit _, Deed.WriteFile _, Deed.RunCommand _, Deed.InstallPackages _ -> { }
        }
    }

    private void set(String name, boolean up) {
        Link link = links.get(name);
        if (link == null || link.up() == up) return;
        links.put(name, link.set(up));
        if (up) {
            link.addresses().forEach(address -> connect(link.set(true), network(address)));
        } else {
            routes.replaceAll(route -> route.kind().equals("unicast") ? route.without(name).orElse(route) : route);
            routes.removeIf(route -> route.leavesBy(name) && (route.six() || route.kind().equals("unicast")));
            links.put(name, links.get(name).holding(link.addresses().stream().filter(address -> !address.cidr().isV6()).toList()));
        }
        List.copyOf(links.values()).stream().filter(upper -> upper.kind().filter("vlan"::equals).isPresent()
            && upper.lower().filter(name::equals).isPresent()).forEach(upper -> set(upper.name().text(), up));
    }

    private void add(String name, Cidr address) {
        Link link = links.get(name);
        if (link == null || link.has(address)) return;
        var held = new ArrayList<>(link.addresses());
        held.add(new Link.Address(address, "global", false, Optional.empty()));
        links.put(name, link.holding(held));
        routes.add(new Route(Optional.of(host(address)), "local", table(link, "local"), address.isV6(), List.of(new Hop(name, "")),
            Set.of(),
            0, Optional.empty(), true));
        if (link.up()) connect(links.get(name), address);
    }

    private void connect(Link link, Cidr address) {
        String name = link.name().text();
        int most = address.isV6() ? 128 : 32;
        if (address.prefix() == most) return;
        String table = table(link, "main");
        var network = address.network();
        boolean there = routes.stream().anyMatch(route -> route.kind().equals("unicast") && route.connected() && route.leavesBy(name)
            && route.table().equals(table) && route.to().filter(network::equals).isPresent());
        if (!there)
            routes.add(new Route(Optional.of(network), "unicast", table, address.isV6(), List.of(new Hop(name, "")), Set.of(),
                address.isV6() ? METRIC_6 : 0, address.isV6() ? Optional.empty() : Optional.of(address.address()), true));
        if (!address.isV6() && address.prefix() < most - 1)
            routes.add(new Route(Optional.of(last(network)), "broadcast", table(link, "local"), false, List.of(new Hop(name, "")), Set.of(),
                0, Optional.of(address.address()), true));
    }

    private void remove(String name, Cidr address) {
        Link link = links.get(name);
        if (link == null) return;
        var gone = link.addresses().stream().filter(held -> held.cidr().equals(address)).findFirst();
        if (gone.isEmpty()) return;
        var held = new ArrayList<>(link.addresses());
        boolean first = !address.isV6() && held.stream().filter(other -> isOf(other, address)).findFirst().equals(gone);
        held.removeIf(other -> other.equals(gone.get()) || first && isOf(other, address));
        links.put(name, link.holding(held));
        link.addresses().stream().filter(other -> !held.contains(other)).forEach(lost -> forget(name, lost));
        if (!address.isV6() && held.stream().allMatch(other -> other.cidr().isV6()))
            routes.replaceAll(route -> route.six() ? route : route.without(name).orElse(route));
        if (!address.isV6() && held.stream().allMatch(other -> other.cidr().isV6()))
            routes.removeIf(route -> !route.six() && route.leavesBy(name));
    }

    private static boolean isOf(Link.Address other, Cidr address) {
        return other.cidr().prefix() == address.prefix() && other.cidr().network().equals(address.network());
    }

    private void forget(String name, Link.Address lost) {
        String address = lost.cidr().address();
        boolean elsewhere = links.values().stream().anyMatch(link -> link.holds(address));
        boolean shared = links.get(name).addresses().stream().anyMatch(other -> network(other).network().equals(network(lost).network()));
        routes.removeIf(route -> route.kind().equals("local") && route.leavesBy(name) && route.to().filter(host(lost.cidr())::equals)
            .isPresent());
        routes.removeIf(route -> !route.six() && !elsewhere && route.bound().filter(address::equals).isPresent());
        if (!shared) routes.removeIf(route -> route.connected() && route.leavesBy(name) && route.kind().equals("unicast")
            && route.to().filter(network(lost).network()::equals).isPresent());
    }

    /// With a peer the prefix is the peer's.
    private static Cidr network(Link.Address held) {
        return held.peer().map(peer -> new Cidr(peer + "/" + held.cidr().prefix())).orElse(held.cidr());
    }

    private static Cidr host(Cidr address) {
        return new Cidr(address.address() + (address.isV6() ? "/128" : "/32"));
    }

    /// All host bits set.
    private static Cidr last(Cidr network) {
        String[] parts = network.address().split("\\.");
        long bits = 0;
        for (String part : parts) bits = bits << 8 | Integer.parseInt(part);
        bits |= (1L << 32 - network.prefix()) - 1;
        return new Cidr((bits >> 24) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255) + "/32");
    }

    /// As the other routes call it, by name or by number.
    private String table(Link link, String standard) {
        var names = before.links().tables(link);
        if (names.contains("main")) return standard;
        return before.tables().routes().stream().map(Route::table).filter(names::contains).findFirst().orElse(names.iterator().next());
    }
}
