package dev.bluerig.fact.way;

import dev.bluerig.fact.ToolJson;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Tree;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Behind which ports bridges of Linux have learned a MAC address, by `MAC%BRIDGE`.
public record BridgePorts(Map<String, Set<String>> ports) {
    static final Command COMMAND = Command.of("bridge", "-j", "fdb", "show");

    public BridgePorts {
        ports = Map.copyOf(ports);
    }

    /// Permanent entries are the bridge's own addresses.
    static BridgePorts parse(String json) {
        var ports = new HashMap<String, Set<String>>();
        for (Tree.Mapping entry : ToolJson.objects("bridge fdb", json)) {
            var mac = ToolJson.text(entry, "mac").map(text -> text.toLowerCase(Locale.ROOT));
            var bridge = ToolJson.text(entry, "master");
            var port = ToolJson.text(entry, "ifname");
            if (mac.isEmpty() || bridge.isEmpty() || port.isEmpty()) continue;
            if (ToolJson.text(entry, "state").filter("permanent"::equals).isPresent()) continue;
            ports.computeIfAbsent(mac.get() + "%" + bridge.get(), any -> new TreeSet<>()).add(port.get());
        }
        return new BridgePorts(ports);
    }

    /// Empty when it was never heard of.
    Set<String> of(String mac, String bridge) {
        return ports.getOrDefault(mac + "%" + bridge, Set.of());
    }
}
