package dev.bluerig.task;

import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import dev.bluerig.source.Tree;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as ovs-vsctl reads them on its command line (ovs-vsctl(8), "Database Values"): words stand bare, anything else in JSON's quotes.
final class OvsText {
    private OvsText() {}

    static String of(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_.-]*") ? text : quoted(text);
    }

    private static String quoted(String text) {
        return Json.write(new Tree.Scalar(Location.file("ovs"), text, false));
    }

    /// Always quoted: keys and values are whatever somebody wrote.
    static String of(Map<String, String> map) {
        return map.entrySet().stream().map(entry -> quoted(entry.getKey()) + "=" + quoted(entry.getValue())).collect(Collectors.joining(",", "{", "}"));
    }

    static String of(Collection<Integer> set) {
        return set.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
