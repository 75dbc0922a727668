package dev.bluerig.fact.ovs;

import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.ovs.OvsFlows.Program;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// MAC addresses that somebody pinned to a port (`ovs-appctl fdb/add`), which ovs-vswitchd alone knows and forgets when the port leaves its
/// bridge (Open vSwitch 3.1.0, tried). What it learned by itself it learns again.
final class OvsStaticMacs {
    /// `    5     7  02:00:00:00:00:ae  static`, `LOCAL     0  ...`
    private static final Pattern STATIC = Pattern.compile("^ *(\\d{1,5}|LOCAL) +(\\d{1,4}) +([0-9a-f:]{17}) +static$");

    private OvsStaticMacs() {}

    static Command question(String bridge) {
        return Command.of("ovs-appctl", "--timeout=10", "fdb/show", bridge).askedOf(OvsQuestion.PARTY);
    }

    static Program added(Program program, OvsTopology.Bridge bridge, Reply reply) {
        if (!(reply instanceof Reply.Ran ran && ran.ok())) return Program.unknown(ToolReplies.why(question(bridge.name()), reply));
        Map<String, String> words = ran.out().lines().map(STATIC::matcher).filter(Matcher::matches)
            .collect(Collectors.groupingBy(line -> OvsPortSettings.name(bridge, line.group(1)),
            TreeMap::new, Collectors.mapping(line -> "static-mac=" + line.group(2) + "/" + line.group(3), Collectors.joining(" "))));
        return program.and(words);
    }
}
