package dev.bluerig.fact.way;

import dev.bluerig.fact.SafeValues;
import dev.bluerig.fact.ToolJson;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which routing table a packet of the machine's own asks, in the order of priority (ip-rule(8)).
public record RoutingRules(List<Rule> rules) {
    static final Command COMMAND_4 = Command.of("ip", "-j", "rule", "show");
    static final Command COMMAND_6 = Command.of("ip", "-6", "-j", "rule", "show");

    /// Selectors that packets of a TCP server meet or not by things that nobody here sees: marks, ports, users, classes of service.
    private static final Set<String> UNSEEN = Set.of("fwmark", "sport", "dport", "uid_start", "tos", "dsfield", "suppress_ifgroup");

    /// Selectors that no answer of an SSH server meets: it came from no link, and its socket is bound to none.
    private static final Set<String> NEVER = Set.of("oif", "tun_id");

    /// `sure`: what it asks of a packet can be told. `limit`: answers of this prefix length and shorter do not count.
    /// `vrf`: the table is that of the VRF that the packet is in. `jump`: the rules go on at this priority.
    record Rule(int priority, boolean six, boolean inverted, Optional<Cidr> from, Optional<Cidr> to, boolean never, boolean sure,
        Optional<String> table, boolean vrf, Optional<Integer> limit, Optional<Integer> jump, String action) {
        boolean applies(Cidr source, Cidr destination) {
            boolean met = from.filter(cidr -> !cidr.covers(source)).isEmpty() && to.filter(cidr -> !cidr.covers(destination)).isEmpty();
            return !never && met != inverted;
        }

        /// For people.
        String words() {
            return "rule " + priority + table.map(name -> " (table " + name + ")").orElse("");
        }
    }

    public RoutingRules {
        rules = rules.stream().sorted(Comparator.comparingInt(Rule::priority)).toList();
    }

    /// Those that a kernel starts with.
    static RoutingRules standard() {
        return new RoutingRules(Stream.of(plain(0, "local", false), plain(32766, "main", false), plain(32767, "default", false),
            plain(0, "local", true), plain(32766, "main", true)).toList());
    }

    private static Rule plain(int priority, String table, boolean six) {
        return new Rule(priority, six, false, Optional.empty(), Optional.empty(), false, true, Optional.of(table), false, Optional.empty(),
            Optional.empty(), "");
    }

    /// Where rules cannot be read, each table that is not asked by default may be.
    RoutingRules guessing(Set<String> tables) {
        var all = new ArrayList<>(rules);
        tables.stream().filter(table -> !Set.of("local", "main", "default").contains(table)).sorted().forEach(table -> {
            for (boolean six : List.of(false, true))
                all.add(new Rule(1, six, false, Optional.empty(), Optional.empty(), false, false, Optional.of(table), false,
                    Optional.empty(), Optional.empty(), ""));
        });
        return new RoutingRules(all);
    }

    static RoutingRules parse(String four, String six) {
        var all = new ArrayList<Rule>();
        ToolJson.objects("ip rule", four).forEach(object -> all.add(rule(object, false)));
        if (!six.isBlank()) ToolJson.objects("ip rule", six).forEach(object -> all.add(rule(object, true)));
        if (all.isEmpty()) throw new IllegalArgumentException("no rule at all, not even that of the local table");
        return new RoutingRules(all);
    }

    private static Rule rule(Tree.Mapping object, boolean six) {
        boolean fromElsewhere = ToolJson.text(object, "iif").filter(link -> !link.equals("lo")).isPresent();
        boolean otherProtocol = ToolJson.text(object, "ipproto").filter(protocol -> !protocol.equals("tcp")).isPresent();
        boolean never = fromElsewhere || otherProtocol || NEVER.stream().anyMatch(name -> has(object, name));
        var from = selector(object, "src", six);
        var to = selector(object, "dst", six);
        boolean readable = from.isPresent() == isGiven(object, "src") && to.isPresent() == isGiven(object, "dst");
        return new Rule(ToolJson.number(object, "priority").orElse(0), six, has(object, "not"), from, to, never,
            readable && UNSEEN.stream().noneMatch(name -> has(object, name)), ToolJson.text(object, "table"), has(object, "l3mdev"),
            ToolJson.number(object, "suppress_prefixlen"), ToolJson.number(object, "goto"), ToolJson.text(object, "action").orElse(""));
    }

    /// Some stand there without a value.
    private static boolean has(Tree.Mapping object, String field) {
        return object.get(field).isPresent();
    }

    private static boolean isGiven(Tree.Mapping object, String field) {
        return ToolJson.text(object, field).filter(text -> !text.equals("all")).isPresent();
    }

    private static Optional<Cidr> selector(Tree.Mapping object, String field, boolean six) {
        int length = ToolJson.number(object, field + "len").orElse(six ? 128 : 32);
        return ToolJson.text(object, field).filter(text -> !text.equals("all")).flatMap(text -> SafeValues.cidr(text + "/" + length));
    }

    Stream<Rule> of(boolean six) {
        return rules.stream().filter(rule -> rule.six() == six);
    }
}
