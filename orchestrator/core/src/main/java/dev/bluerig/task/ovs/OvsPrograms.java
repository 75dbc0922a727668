package dev.bluerig.task.ovs;

import dev.bluerig.fact.ovs.OvsFlows;
import dev.bluerig.fact.ovs.OvsFlows.Program;
import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.List;

/// OpenFlow rules, groups and meters as commands: put on a bridge, or taken off it.
public final class OvsPrograms {
    private OvsPrograms() {}

    /// Meters and groups come first, because rules name them; the rules are replaced in one bundle, all or none.
    public static List<Command> put(String bridge, Program program) {
        var commands = new ArrayList<Command>();
        program.meters().forEach(meter -> commands.add(ofctl("add-meter", bridge, meter)));
        if (!program.groups().isEmpty()) commands.add(ofctl("add-groups", bridge, "-").reading(text(program.groups())));
        commands.add(ofctl("--bundle", "replace-flows", bridge, "-").reading(text(program.flows())));
        return commands;
    }

    /// A learning switch again, as a new bridge is.
    public static List<Command> clear(String bridge, Program program) {
        var commands = new ArrayList<>(List.of(ofctl("--bundle", "replace-flows", bridge, "-").reading("priority=0,actions=NORMAL\n")));
        if (!program.groups().isEmpty()) commands.add(ofctl("del-groups", bridge));
        if (!program.meters().isEmpty()) commands.add(ofctl("del-meters", bridge));
        return commands;
    }

    /// Fields of a tunnel's metadata need a table that belongs to the bridge, too.
    static boolean standsAlone(Program program) {
        return program.unknown().isEmpty() && program.flows().stream().noneMatch(flow -> flow.contains("tun_metadata"));
    }

    public static String shown(Program program) {
        if (!program.unknown().isEmpty()) return "unknown: " + program.unknown();
        var parts = new ArrayList<String>();
        boolean nothing = program.flows().isEmpty() && program.groups().isEmpty() && program.meters().isEmpty();
        long rules = program.flows().size();
        parts.add(nothing ? "no rule at all, so nothing passes" : rules + (rules == 1 ? " rule" : " rules")
            + program.flows().stream().limit(4).map(flow -> "; " + flow).reduce("", String::concat) + (rules > 4 ? "; ..." : ""));
        if (!program.groups().isEmpty()) parts.add(program.groups().size() + " in groups");
        if (!program.meters().isEmpty()) parts.add(program.meters().size() + " in meters");
        program.ports().forEach((device, words) -> parts.add("port " + device + " has " + words));
        return String.join(", ", parts);
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static Command ofctl(String... words) {
        var all = new ArrayList<>(List.of("ovs-ofctl", "--timeout=20", "-O", OvsFlows.VERSIONS));
        all.addAll(List.of(words));
        return Command.of(all);
    }
}
