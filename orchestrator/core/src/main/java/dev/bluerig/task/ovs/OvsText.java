package dev.bluerig.task.ovs;

import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.source.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as ovs-vsctl reads them on its command line (ovs-vsctl(8), "Database Values"): words stand bare, anything else in JSON's quotes.
public final class OvsText {
    private OvsText() {}

    public static String of(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_.-]*") ? text : quoted(text);
    }

    /// What no word of a command can carry, or ovs-vsctl reads otherwise: `--` ends a command, `@` names a record of the same transaction.
    static boolean unspeakable(String name) {
        return name.isEmpty() || name.startsWith("-") || name.startsWith("@") || name.chars().anyMatch(Character::isISOControl);
    }

    /// Values that ovs-vsctl would not take back: "null bytes not supported in quoted strings" (3.1.0). Only programs that speak OVSDB
    /// write them.
    static List<String> nul(OvsTopology.Bridge bridge) {
        var maps =
            new ArrayList<>(List.of(bridge.externalIds(), bridge.otherConfig(), bridge.settings(), bridge.ownPort(),
            bridge.ownInterface()));
        bridge.ports().forEach(port -> {
            maps.addAll(List.of(port.externalIds(), port.otherConfig(), port.settings()));
            port.interfaces()
                .forEach(device -> maps.addAll(List.of(device.options(), device.externalIds(), device.otherConfig(), device.settings())));
        });
        return maps.stream().flatMap(map -> map.entrySet().stream()).map(entry -> of(Map.of(entry.getKey(), entry.getValue())))
            .filter(text -> text.contains("u0000")).toList();
    }

    static String quoted(String text) {
        return Json.quoted(text);
    }

    /// Always quoted: keys and values are whatever somebody wrote.
    static String of(Map<String, String> map) {
        return map.entrySet().stream().map(entry -> quoted(entry.getKey()) + "=" + quoted(entry.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    }

    static String of(Collection<Integer> set) {
        return set.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
