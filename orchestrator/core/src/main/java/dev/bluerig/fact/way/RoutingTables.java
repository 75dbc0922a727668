package dev.bluerig.fact.way;

import dev.bluerig.fact.SafeValues;
import dev.bluerig.fact.ToolJson;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The routes of all tables and all kinds, in the order in which `ip route show table all` prints them, which is that of the kernel.
public record RoutingTables(List<Route> routes) {
    /// Where a packet leaves, and to whom; `gateway` is empty when that is the destination itself.
    public record Hop(String device, String gateway) {
        @Override
        public String toString() {
            return (gateway.isEmpty() ? "" : "by " + gateway + " ") + "on " + device;
        }
    }

    /// `to` is absent for a default route. `kind` is `unicast`, `local`, `broadcast`, `throw`, `blackhole` and so on (ip-route(8)).
    /// `dead`: links of it that are down. `bound`: of a route that goes with an address (`src`).
    public record Route(Optional<Cidr> to, String kind, String table, boolean six, List<Hop> hops, Set<String> dead, int metric,
        Optional<String> bound, boolean connected) {
        public Route {
            hops = List.copyOf(hops);
            dead = Set.copyOf(dead);
        }

        boolean covers(Cidr target) {
            return six == target.isV6() && to.map(cidr -> cidr.covers(target)).orElse(true);
        }

        int length() {
            return to.map(Cidr::prefix).orElse(0);
        }

        List<Hop> alive() {
            return hops.stream().filter(hop -> !dead.contains(hop.device())).toList();
        }

        public boolean leavesBy(String link) {
            return hops.stream().anyMatch(hop -> hop.device().equals(link));
        }

        /// Without one of several ways.
        public Optional<Route> without(String link) {
            var rest = hops.stream().filter(hop -> !hop.device().equals(link)).toList();
            return rest.isEmpty() ? Optional.empty() : Optional.of(new Route(to, kind, table, six, rest, dead, metric, bound, connected));
        }
    }

    public RoutingTables {
        routes = List.copyOf(routes);
    }

    static RoutingTables parse(String json) {
        var routes = new ArrayList<Route>();
        for (Tree.Mapping object : ToolJson.objects("ip route", json)) route(object).ifPresent(routes::add);
        return new RoutingTables(routes);
    }

    Set<String> names() {
        return routes.stream().map(Route::table).collect(Collectors.toSet());
    }

    /// Of a default route that names neither gateway nor a preference it is not told whether it is IPv6; then it is IPv4.
    private static Optional<Route> route(Tree.Mapping object) {
        String to = ToolJson.text(object, "dst").orElse("default");
        var hops = new ArrayList<Hop>();
        var dead = new LinkedHashSet<String>();
        hop(object, hops, dead);
        ToolJson.objects(object, "nexthops").forEach(one -> hop(one, hops, dead));
        boolean six = to.indexOf(':') >= 0 || to.equals("default") && (object.get("pref").isPresent()
            || ToolJson.text(object, "gateway").filter(by -> by.indexOf(':') >= 0).isPresent());
        Optional<Cidr> prefix = to.equals("default") ? Optional.empty()
            : SafeValues.cidr(to.indexOf('/') >= 0 ? to : to + (six ? "/128" : "/32"));
        if (prefix.isEmpty() && !to.equals("default")) return Optional.empty();
        return Optional.of(new Route(prefix, ToolJson.text(object, "type").orElse("unicast"), ToolJson.text(object, "table").orElse("main"),
            six, hops, dead, metric(object), ToolJson.text(object, "prefsrc"),
            ToolJson.text(object, "protocol").filter("kernel"::equals).isPresent()));
    }

    /// One beyond an `int` is beyond all others.
    private static int metric(Tree.Mapping object) {
        return ToolJson.text(object, "metric").isEmpty() ? 0 : ToolJson.number(object, "metric").orElse(Integer.MAX_VALUE);
    }

    private static void hop(Tree.Mapping object, List<Hop> hops, Set<String> dead) {
        var via = ToolJson.object(object, "via").flatMap(by -> ToolJson.text(by, "host"));
        ToolJson.text(object, "dev").ifPresent(device -> {
            hops.add(new Hop(device, ToolJson.text(object, "gateway").or(() -> via).orElse("")));
            if (ToolJson.texts(object, "flags").contains("dead")) dead.add(device);
        });
    }
}
