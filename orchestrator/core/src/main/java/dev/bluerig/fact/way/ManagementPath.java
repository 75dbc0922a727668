package dev.bluerig.fact.way;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The links that carry how this machine is managed: a link's name, and why it matters. Links below and above them are in it too.
public record ManagementPath(Map<String, String> links) {
    public ManagementPath {
        links = Collections.unmodifiableMap(new TreeMap<>(links));
    }

    /// The way in, for people.
    public record Seen() implements Fact.Question<ManagementPath> {
        @Override
        public Inquiry<ManagementPath> read() {
            return new WayIn.Seen().read().then(way -> Reading.known(new ManagementPath(WayCarriers.of(way).links())));
        }
    }
}
