package dev.bluerig.fact.boot;

import dev.bluerig.fact.link.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// What takes a link in ifupdown's files without being a stanza of its name: a bridge, bond or switch that lists it, a pattern, a logical
/// name, a mapping.
///
/// - `words`: for people, the line and its stanza.
/// - `members`: names and patterns, with `regex`, `glob`, `all` and `none` as bridge-utils-interfaces(5) and ifupdown2 read them, `mac/...`
///   as interfaces(5).
public record InterfacesClaim(String file, String words, Kind way, List<String> members) {
    public InterfacesClaim {
        members = List.copyOf(members);
    }

    /// What becomes of the link: a part of a bridge, bond or switch, or set up by a stanza of another name.
    public enum Kind { BRIDGE, BOND, SWITCH, NAMED }

    private static final Set<String> LISTS = Set.of("bridge-ports", "bond-slaves", "slaves", "bond-primary", "ovs-ports", "ovs-bonds");
    private static final Set<String> COMMANDS = Set.of("pre-up", "up", "post-up");
    private static final int REPEATS = 4;
    private static final int LONGEST = 32;

    boolean takes(Link link) {
        // an internal port has addresses of its own
        if (way == Kind.SWITCH && link.kind().filter("openvswitch"::equals).isPresent()) return false;
        String mode = "";
        boolean found = false;
        for (String member : members) {
            if (member.equals("none")) return false;
            if (Set.of("regex", "noregex", "glob").contains(member)) mode = member;
            else found |= fits(member, mode, link);
        }
        return found;
    }

    private static boolean fits(String member, String mode, Link link) {
        if (member.equals("all")) return link.kind().isEmpty() && link.name().text().matches("(eth|em|en|p\\d).*");
        if (member.startsWith("mac/"))
            return link.mac().filter(mac -> Glob.matches(member.substring(4).toLowerCase(Locale.ROOT), mac.toLowerCase(Locale.ROOT)))
                .isPresent();
        return Stream.concat(Stream.of(link.name().text()), link.otherNames().stream())
            .anyMatch(name -> mode.equals("regex") ? regex(member, name) : Glob.matches(member, name) || range(member, name));
    }

    /// An expression that is not simple may match: it is somebody else's text, and the work must be bounded.
    private static boolean regex(String expression, String name) {
        boolean simple = expression.length() <= 64 && expression.matches("[\\w.:*+?|()\\[\\]^$-]*") && !expression.matches(".*\\)[*+?].*")
            && expression.chars().filter(c -> "*+?|".indexOf(c) >= 0).count() <= REPEATS;
        try {
            return !simple || name.matches(expression);
        } catch (PatternSyntaxException strange) {
            return true;
        }
    }

    /// `swp1-4` of ifupdown2.
    private static boolean range(String member, String name) {
        if (member.length() > LONGEST || !member.matches("[a-z]+(\\d+[a-z]+)*\\d{1,4}-\\d{1,4}")) return false;
        String start = member.substring(0, member.lastIndexOf('-'));
        String stem = start.replaceFirst("\\d+$", "");
        String number = name.startsWith(stem) ? name.substring(stem.length()) : "";
        return number.matches("\\d{1,4}") && Integer.parseInt(number) >= Integer.parseInt(start.substring(stem.length()))
            && Integer.parseInt(number) <= Integer.parseInt(member.substring(member.lastIndexOf('-') + 1));
    }

    /// Of the lines of one stanza, those that it inherits among them.
    static List<InterfacesClaim> of(String file, String name, String stanza, List<String> lines) {
        var claims = new ArrayList<InterfacesClaim>();
        boolean port = lines.stream().anyMatch(line -> line.matches("ovs[_-]type\\s+OVS(Port|Bond)"));
        for (String line : lines) {
            List<String> words = Arrays.asList(line.split("\\s+"));
            String option = words.getFirst().replace('_', '-');
            List<String> values = words.subList(1, words.size());
            String told = "`" + words.getFirst() + "` of `" + stanza + "`";
            if (LISTS.contains(option)) claims.add(new InterfacesClaim(file, told, way(option), values));
            boolean own = option.equals("bond-master") || option.equals("ovs-bridge") && port;
            if (own && !values.contains("none")) claims.add(new InterfacesClaim(file, told, way(option), List.of(name)));
            if (COMMANDS.contains(option))
                joined(values, name).forEach(member -> claims.add(new InterfacesClaim(file, told, Kind.BRIDGE, List.of(member))));
        }
        if (Glob.isPattern(name))
            claims.add(new InterfacesClaim(file, "`" + stanza + "`", Kind.NAMED, List.of(name.startsWith("/") ? name.substring(1) : name)));
        return claims;
    }

    private static Kind way(String option) {
        if (option.startsWith("ovs-")) return Kind.SWITCH;
        return option.startsWith("bridge") ? Kind.BRIDGE : Kind.BOND;
    }

    /// `ip link set [dev] LINK master BRIDGE`, `brctl addif BRIDGE LINK`, `ovs-vsctl add-port BRIDGE LINK`, `ifenslave BOND LINK`.
    private static List<String> joined(List<String> words, String name) {
        int verb = Math.max(words.indexOf("addif"),
            Math.max(words.indexOf("add-port"), words.stream().map(word -> word.substring(word.lastIndexOf('/') + 1)).toList()
            .indexOf("ifenslave")));
        int master = words.indexOf("master");
        var members = new ArrayList<String>();
        if (verb >= 0) members.addAll(words.subList(Math.min(verb + 2, words.size()), words.size()));
        if (master > 0 && words.contains("link")) members.add(words.get(master - 1));
        return members.stream().map(word -> word.matches("\\$IFACE|\\$\\{IFACE}|\"\\$IFACE\"") ? name : word)
            .filter(word -> word.matches("[A-Za-z0-9_.@:-]{1,15}")).toList();
    }
}
