package dev.bluerig.fact.way;

import dev.bluerig.remote.Command;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Behind which ports bridges of Open vSwitch have learned a MAC address, by `MAC%BRIDGE`: numbers of OpenFlow.
public record SwitchMacs(Map<String, Set<Integer>> ports) {
    private static final Pattern LINE = Pattern.compile("(?m)^ *(\\d+) +\\d+ +([0-9a-fA-F:]{17}) +\\d+ *$");

    public SwitchMacs {
        ports = Map.copyOf(ports);
    }

    static Command command(String bridge) {
        return Command.of("ovs-appctl", "--timeout=5", "fdb/show", bridge).askedOf("ovs-vswitchd");
    }

    /// ` port  VLAN  MAC                Age` of ovs-vswitchd(8), "fdb/show".
    SwitchMacs with(String bridge, String text) {
        var all = new HashMap<>(ports);
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            String key = line.group(2).toLowerCase(Locale.ROOT) + "%" + bridge;
            var known = new TreeSet<>(all.getOrDefault(key, Set.of()));
            if (line.group(1).length() < 6) known.add(Integer.parseInt(line.group(1)));
            all.put(key, known);
        }
        return new SwitchMacs(all);
    }

    Set<Integer> of(String mac, String bridge) {
        return ports.getOrDefault(mac + "%" + bridge, Set.of());
    }
}
