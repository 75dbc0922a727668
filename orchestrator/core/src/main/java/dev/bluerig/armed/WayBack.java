package dev.bluerig.armed;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.way.RoutingTables;
import dev.bluerig.fact.way.WayCarriers;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the links of the way in had when it was seen, and may lose by a change without that being the change itself: a link that goes down
/// takes routes and IPv6 addresses with it, a bridge that goes takes all of its own.
///
/// What is there already stays as it is, so it can be put back twice. Of links that are neither of the way nor touched nothing is put back:
/// somebody else may have taken it away meanwhile.
///
/// - `links`: admin state and MTU. `saved`: addresses and routes as the kernel itself writes them down, with labels and lifetimes; of a
///   link that was made anew it does not take them.
/// - `missing`: the same by name, for those. They fail where nothing is missing.
/// - `announced`: a bridge that was made anew may have another MAC address, and who knew the former one asks again after half a minute
///   only; so its IPv4 addresses are announced (arping(8), `-A`).
public record WayBack(List<Command> links, List<Kept> saved, List<Command> missing, List<Command> announced) {
    /// `save` prints what `restore` reads (ip-address(8), ip-route(8)).
    public record Kept(Command save, Command restore) {}

    public WayBack {
        links = List.copyOf(links);
        saved = List.copyOf(saved);
        missing = List.copyOf(missing);
        announced = List.copyOf(announced);
    }

    public static WayBack of(WayIn way, List<Deed> deeds) {
        var names = concerned(way, deeds);
        var of = way.links().all().stream().filter(link -> names.contains(link.name().text())).toList();
        var routes = way.tables().routes().stream().filter(WayBack::isMade)
            .filter(route -> route.hops().stream().anyMatch(hop -> names.contains(hop.device()))).toList();
        var links = new ArrayList<Command>();
        var saved = new ArrayList<Kept>();
        var missing = new ArrayList<Command>();
        of.forEach(link -> links(link, links));
        of.stream().filter(link -> !link.addresses().isEmpty()).forEach(link -> addresses(link, saved, missing));
        for (Link link : of) routes(link.name().text(), routes, saved);
        // the way to a gateway comes before the routes by it
        Stream.concat(routes.stream().filter(route -> route.hops().stream().allMatch(hop -> hop.gateway().isEmpty())),
            routes.stream().filter(route -> route.hops().stream().anyMatch(hop -> !hop.gateway().isEmpty())))
            .forEach(route -> missing.add(route(route)));
        var anew = with(way, deeds.stream().flatMap(deed -> deed instanceof Deed.DeleteBridge(String bridge) ? Stream.of(bridge)
            : Stream.empty()).collect(Collectors.toSet()));
        var announced = of.stream().filter(link -> anew.contains(link.name().text())).flatMap(link -> link.addresses().stream()
            .filter(held -> !held.cidr().isV6()).map(held -> Command.of("arping", "-A", "-c", "1", "-w", "1", "-I", link.name().text(),
                held.cidr().address()))).toList();
        return new WayBack(links, saved, missing, announced);
    }

    /// Links of the way, those that something is done to, and what stands on them.
    private static Set<String> concerned(WayIn way, List<Deed> deeds) {
        var names = new TreeSet<>(WayCarriers.of(way).links().keySet());
        deeds.forEach(deed -> names.addAll(touched(deed)));
        return with(way, names);
    }

    /// And what stands on them.
    private static Set<String> with(WayIn way, Set<String> below) {
        var names = new TreeSet<>(below);
        boolean more = true;
        while (more) more = names.addAll(way.links().all().stream().filter(link -> names.contains(link.name().text()))
            .flatMap(way.links()::above).map(link -> link.name().text()).toList());
        return names;
    }

    private static List<String> touched(Deed deed) {
        return switch (deed) {
            case Deed.SetLink(String link, boolean _) -> List.of(link);
            case Deed.SetMtu(String link, int _) -> List.of(link);
            case Deed.AddAddress(String link, var _) -> List.of(link);
            case Deed.RemoveAddress(String link, var _) -> List.of(link);
            case Deed.Disturb(String link) -> List.of(link);
            case Deed.LeaveBridge(String port, String bridge) -> List.of(port, bridge);
            case Deed.JoinBridge(String port, String bridge) -> List.of(port, bridge);
            case Deed.DeleteBridge(String bridge) -> List.of(bridge);
            case Deed.Reprogram(String bridge) -> List.of(bridge);
            case Deed.RunUnit _, Deed.WriteFile _, Deed.RunCommand _, Deed.InstallPackages _ -> List.of();
        };
    }

    private static void links(Link link, List<Command> links) {
        String name = link.name().text();
        if (!name.equals("lo")) links.add(Command.of("ip", "link", "set", "dev", name, "mtu", Integer.toString(link.mtu())));
        if (link.up()) links.add(Command.of("ip", "link", "set", "dev", name, "up"));
    }

    private static void addresses(Link link, List<Kept> saved, List<Command> missing) {
        String name = link.name().text();
        saved.add(new Kept(Command.of("ip", "address", "save", "dev", name), Command.of("ip", "address", "restore")));
        for (Link.Address held : link.addresses()) {
            if (held.dynamic() || held.cidr().address().startsWith("fe80:")) continue;
            var words = new ArrayList<>(List.of("ip", "address", "add"));
            held.peer().ifPresentOrElse(peer -> words.addAll(List.of(held.cidr().address(), "peer", peer + "/" + held.cidr().prefix())),
                () -> words.add(held.cidr().text()));
            words.addAll(List.of("dev", name));
            if (held.cidr().isV6()) words.add("nodad");
            else words.addAll(List.of("scope", held.scope()));
            missing.add(Command.of(words));
        }
    }

    /// Not what the kernel makes by itself for an address.
    private static boolean isMade(RoutingTables.Route route) {
        return !route.connected() && !route.table().equals("local") && !route.hops().isEmpty()
            && !(route.to().isPresent() && route.to().get().address().startsWith("fe80:"));
    }

    private static void routes(String link, List<RoutingTables.Route> routes, List<Kept> saved) {
        for (boolean six : List.of(false, true))
            routes.stream().filter(route -> route.six() == six && route.leavesBy(link)).map(RoutingTables.Route::table).distinct().sorted()
                .forEach(table -> saved.add(new Kept(Command.of("ip", family(six), "route", "save", "table", table, "dev", link),
                    Command.of("ip", family(six), "route", "restore"))));
    }

    private static String family(boolean six) {
        return six ? "-6" : "-4";
    }

    private static Command route(RoutingTables.Route route) {
        var words = new ArrayList<>(List.of("ip", family(route.six()), "route", "add", route.kind(),
            route.to().map(Object::toString).orElse("default")));
        if (route.hops().size() == 1) words.addAll(hop(route.hops().getFirst()));
        words.addAll(List.of("table", route.table()));
        if (route.metric() > 0) words.addAll(List.of("metric", Integer.toString(route.metric())));
        route.bound().ifPresent(source -> words.addAll(List.of("src", source)));
        if (route.hops().size() > 1) route.hops().forEach(hop -> {
            words.add("nexthop");
            words.addAll(hop(hop));
        });
        return Command.of(words);
    }

    /// A gateway of the other family has a word before it (ip-route(8): `via [ FAMILY ] ADDRESS`).
    private static List<String> hop(RoutingTables.Hop hop) {
        if (hop.gateway().isEmpty()) return List.of("dev", hop.device());
        return List.of("via", hop.gateway(), "dev", hop.device());
    }
}
