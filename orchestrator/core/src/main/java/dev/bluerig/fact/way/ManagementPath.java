package dev.bluerig.fact.way;

import dev.bluerig.fact.Fact;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The links that carry how this machine is managed: a link's name, and why it matters. Links below and above them are in it too.
public record ManagementPath(Map<String, String> links) {
    public ManagementPath {
        links = Collections.unmodifiableMap(new TreeMap<>(links));
    }

    /// The way in, for people.
    public static Fact<ManagementPath> seen() {
        return WayIn.seen().map(way -> new ManagementPath(WayCarriers.of(way).links()));
    }
}
