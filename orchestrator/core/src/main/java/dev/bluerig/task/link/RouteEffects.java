package dev.bluerig.task.link;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.Routes;
import dev.bluerig.inventory.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What becomes of routes when an address comes to a link or goes: told in the words of the change, because nobody asked for it by name.
///
/// As Linux does it (tried with 6.18): an address brings a route to its subnet, which wins over wider ones and, in one and the same subnet,
/// only over routes of a higher metric. An IPv4 address takes with it every route bound to it (`src`), and the last one of a link all
/// routes over that link.
record RouteEffects(Routes routes, Links links, Link link, Map<String, InterfaceSpec> named) {
    /// Of the route that an address brings (`fib_add_ifaddr`, `addrconf_prefix_route`).
    private static final int METRIC_4 = 0;
    private static final int METRIC_6 = 256;

    /// Empty, or `, shadows 192.0.2.0/24 via eno1`. Default routes are meant to be shadowed.
    String added(Cidr address) {
        String beside = told(", beside ", others(address).filter(route -> !wins(address, route)));
        return told(", shadows ", others(address).filter(route -> wins(address, route)))
            + (beside.isEmpty() ? "" : beside + " (packets go on leaving by that)");
    }

    private Stream<Routes.Route> others(Cidr address) {
        var tables = links.tables(link);
        return routes.routes().stream().filter(route -> tables.contains(route.table()) && !route.device().equals(link.name().text()))
            .filter(route -> route.to().filter(to -> to.covers(address)).isPresent()).filter(this::stays);
    }

    /// Not one that the same task takes away with an address of its link.
    private boolean stays(Routes.Route route) {
        return Optional.ofNullable(named.get(route.device())).filter(InterfaceSpec::only).filter(item -> route.gateway().isEmpty())
            .filter(item -> item.addresses().stream().noneMatch(address -> route.to().filter(address.network()::equals).isPresent()))
            .isEmpty();
    }

    private static boolean wins(Cidr address, Routes.Route route) {
        return route.to().orElseThrow().prefix() < address.prefix() || route.metric() > (address.isV6() ? METRIC_6 : METRIC_4);
    }

    /// `remaining`: the link's addresses afterwards.
    String removed(Cidr address, List<Cidr> remaining) {
        boolean last = !address.isV6() && remaining.stream().allMatch(Cidr::isV6);
        return told(", loses ", routes.routes().stream().filter(route -> route.v6() == address.isV6())
            .filter(route -> goes(route, address, last))
            .filter(route -> remaining.stream().noneMatch(other -> route.gateway().isEmpty() && route.to().filter(other.network()::equals)
            .isPresent())));
    }

    private boolean goes(Routes.Route route, Cidr address, boolean last) {
        boolean here = route.device().equals(link.name().text());
        boolean ownSubnet = route.gateway().isEmpty() && route.to().filter(address.network()::equals).isPresent();
        if (address.isV6()) return here && ownSubnet;
        return here && (ownSubnet || last) || route.source().filter(address.address()::equals).isPresent();
    }

    private static String told(String before, Stream<Routes.Route> routes) {
        String words = routes.map(Routes.Route::words).distinct().collect(Collectors.joining(", "));
        return words.isEmpty() ? "" : before + words;
    }
}
