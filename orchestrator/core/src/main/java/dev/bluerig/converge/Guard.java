package dev.bluerig.converge;

import dev.bluerig.fact.Fact;
import dev.bluerig.remote.Unreachable;
import java.util.Map;

/// Which links must not be cut. Maps from a link's name to why it matters, in words for people.
public interface Guard {
    /// The links of this machine that carry its own management path; asked together with the first facts of a play.
    Fact<Map<String, String>> own();

    /// The links of this machine that carry the management path of machines behind it (a host managed through its own DPU).
    /// Asked at most once per remedy, and only when the remedy touches a link.
    Map<String, String> behind() throws Unreachable;

    /// Nothing to guard: for machines that are not reached over a network of their own.
    static Guard none() {
        return new Guard() {
            @Override
            public Fact<Map<String, String>> own() {
                return new Fact.Nothing<>(Map.of());
            }

            @Override
            public Map<String, String> behind() {
                return Map.of();
            }
        };
    }
}
