package dev.bluerig.fact.way;

import dev.bluerig.inventory.Cidr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the kernel would answer to `ip route get PEER from LOCAL`, played through on tables: rules, longest prefix, metric, order.
///
/// Rules that ask for what is not seen (marks, ports, users) may hold or not: each case gives an answer of its own.
public record RouteLookup(RoutingRules rules, RoutingTables tables) {
    /// More of them are taken to hold all or none.
    private static final int MOST_UNSURE = 4;

    /// `vrf`: what the table of the VRF is called that holds the local address; empty outside of one.
    public Map<String, RouteAnswer> answers(String local, String peer, Set<String> vrf) {
        boolean six = peer.indexOf(':') >= 0;
        String host = six ? "/128" : "/32";
        var source = new Cidr(local + host);
        var target = new Cidr(peer + host);
        var unsure = rules.of(six).filter(rule -> !rule.sure() && rule.applies(source, target)).toList();
        var answers = new LinkedHashMap<String, RouteAnswer>();
        for (Set<RoutingRules.Rule> out : cases(unsure)) {
            var held = unsure.stream().filter(rule -> !out.contains(rule)).map(RoutingRules.Rule::words).toList();
            answers.put(held.isEmpty() ? "" : "if " + String.join(" and ", held) + " holds",
                answer(rules.of(six).filter(rule -> rule.applies(source, target) && !out.contains(rule)).toList(), target, vrf));
        }
        return answers;
    }

    /// The rules that do not hold, in each case.
    private static List<Set<RoutingRules.Rule>> cases(List<RoutingRules.Rule> unsure) {
        if (unsure.size() > MOST_UNSURE) return List.of(Set.of(), Set.copyOf(unsure));
        var all = new ArrayList<Set<RoutingRules.Rule>>();
        for (int bits = 0; bits < 1 << unsure.size(); bits++) {
            var out = new HashSet<RoutingRules.Rule>();
            for (int i = 0; i < unsure.size(); i++) if ((bits >> i & 1) == 0) out.add(unsure.get(i));
            all.add(out);
        }
        return all;
    }

    private RouteAnswer answer(List<RoutingRules.Rule> rules, Cidr target, Set<String> vrf) {
        int from = 0;
        for (RoutingRules.Rule rule : rules) {
            if (rule.priority() < from) continue;
            if (rule.jump().isPresent()) {
                from = rule.jump().get();
                continue;
            }
            if (rule.action().equals("nop")) continue;
            if (!rule.action().isEmpty()) return new RouteAnswer(rule.action(), Set.of());
            Set<String> names = rule.vrf() ? vrf : rule.table().map(Set::of).orElse(Set.of());
            var found = best(names, target, rule.limit());
            if (found.isPresent()) return found.get();
        }
        return RouteAnswer.NONE;
    }

    /// Empty: the next rule is asked.
    private Optional<RouteAnswer> best(Set<String> names, Cidr target, Optional<Integer> limit) {
        var candidates = tables.routes().stream().filter(route -> names.contains(route.table()) && route.covers(target))
            .filter(route -> !route.kind().equals("unicast") || !route.alive().isEmpty())
            .filter(route -> !route.kind().equals("multicast") && !route.kind().equals("anycast")).toList();
        int longest = candidates.stream().mapToInt(RoutingTables.Route::length).max().orElse(-1);
        if (longest < 0 || limit.filter(most -> longest <= most).isPresent()) return Optional.empty();
        int metric = candidates.stream().filter(route -> route.length() == longest).mapToInt(RoutingTables.Route::metric).min().orElse(0);
        var first = candidates.stream().filter(route -> route.length() == longest && route.metric() == metric).toList();
        String kind = first.getFirst().kind();
        if (kind.equals("throw")) return Optional.empty();
        if (!kind.equals("unicast")) return Optional.of(new RouteAnswer(kind, Set.of()));
        // of equal ones the first is taken, but IPv6 takes any of several gateways (route.c, rt6_select)
        boolean any = target.isV6() && first.getFirst().alive().stream().noneMatch(hop -> hop.gateway().isEmpty());
        Stream<RoutingTables.Route> taken = any ? first.stream().filter(route -> route.kind().equals("unicast")) : first.stream().limit(1);
        return Optional.of(new RouteAnswer(kind, Set.copyOf(taken.flatMap(route -> route.alive().stream()).distinct().toList())));
    }
}
