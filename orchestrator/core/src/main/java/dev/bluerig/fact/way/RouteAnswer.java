package dev.bluerig.fact.way;

import java.util.Set;
import java.util.stream.Collectors;

/// What becomes of a packet: where it may leave, or that it does not. `kind` is that of the route, or `none`.
public record RouteAnswer(String kind, Set<RoutingTables.Hop> hops) {
    static final RouteAnswer NONE = new RouteAnswer("none", Set.of());

    public RouteAnswer {
        hops = Set.copyOf(hops);
    }

    /// For people.
    public String words() {
        return switch (kind) {
            case "unicast" -> hops.stream().map(RoutingTables.Hop::toString).sorted().collect(Collectors.joining(" or "));
            case "local" -> "nowhere, it would be the machine's own";
            case "none" -> "nowhere, there is no route";
            default -> "nowhere, the route is " + kind;
        };
    }
}
