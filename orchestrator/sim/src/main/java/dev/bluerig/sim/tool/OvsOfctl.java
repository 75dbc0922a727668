package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.ovs.OpenVSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `ovs-ofctl` of OVS 3.1.0: the rules of a bridge as text, read and replaced, and what is set of its ports; groups and meters are never
/// there.
final class OvsOfctl {
    private OvsOfctl() {}

    static int run(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "O:t:", List.of("timeout=", "protocols=", "no-stats", "no-names", "bundle"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        List<String> rest = options.rest();
        if (rest.size() < 2) return call.unknown(String.join(" ", rest));
        String bridge = rest.get(1);
        if (!call.user().isRoot()) return call.fail(1, "ovs-ofctl: " + bridge + ": failed to connect to socket (Permission denied)");
        Optional<List<String>> rules = call.machine().ovs().rules(bridge);
        if (rules.isEmpty()) return call.fail(1, "ovs-ofctl: " + bridge + " is not a bridge or a socket");
        return switch (rest.getFirst()) {
            case "dump-flows" -> options.has("no-stats") ? said(call, rules.get().stream().map(rule -> " " + rule).toList())
                : call.unknown("statistics");
            case "dump-groups" -> said(call, List.of("OFPST_GROUP_DESC reply (OF1.5) (xid=0x2):"));
            case "dump-meters" -> said(call, List.of("OFPST_METER_CONFIG reply (OF1.5) (xid=0x2):"));
            case "dump-ports-desc" -> oldest(options) ? ports(call, bridge) : call.unknown("another OpenFlow than 1.0");
            case "mod-port" -> rest.size() == 4 && OpenVSwitch.modifies(rest.getLast())
                ? modify(call, bridge, rest.get(2), rest.getLast(), oldest(options)) : call.unknown(String.join(" ", rest));
            case "replace-flows" -> replace(call, bridge, rest.getLast());
            case "add-flow" -> {
                boolean old = !options.has("O") && !options.has("protocols");   // OpenFlow 1.0 starts the counters of a rule anew
                var more = new ArrayList<>(List.of((old ? "reset_counts " : "") + printed(rest.getLast())));
                more.addAll(rules.get());
                call.machine().ovs().program(bridge, more);
                yield 0;
            }
            case "del-flows" -> rest.size() > 2 ? call.unknown("some flows") : programmed(call, bridge, List.of());
            default -> call.unknown(rest.getFirst());
        };
    }

    private static boolean oldest(GetOpt options) {
        return !options.has("O") || options.value("O").filter("OpenFlow10"::equals).isPresent();
    }

    private static int ports(ProgramCall call, String bridge) {
        call.line("OFPST_PORT_DESC reply (xid=0x2):");
        return said(call, call.machine().ovs().described(bridge));
    }

    private static int modify(ProgramCall call, String bridge, String port, String action, boolean oldest) {
        return call.machine().ovs().modify(bridge, port, action, oldest) ? 0
            : call.fail(1, "ovs-ofctl: " + bridge + ": couldn't find port `" + port + "'");
    }

    private static int said(ProgramCall call, List<String> lines) {
        lines.forEach(call::line);
        return 0;
    }

    private static int programmed(ProgramCall call, String bridge, List<String> rules) {
        call.machine().ovs().program(bridge, rules);
        return 0;
    }

    private static int replace(ProgramCall call, String bridge, String file) {
        try {
            String text = TextTools.input(call, List.of(file));
            return programmed(call, bridge, text.lines().map(String::strip).filter(line -> !line.isEmpty()).map(OvsOfctl::printed)
                .toList());
        } catch (FileError problem) {
            return call.fail(1, "ovs-ofctl: " + file + ": open: " + problem.getMessage());
        }
    }

    /// A rule as it is printed back: `priority=0,actions=NORMAL` has a blank before its actions.
    private static String printed(String rule) {
        return rule.strip().replaceFirst(",? *actions=", " actions=");
    }
}
