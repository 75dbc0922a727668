package dev.bluerig.inventory;

import java.util.List;

/// Two hosts whose DPUs are cabled back to back.
public record Pair(String name, String first, String second, List<Cable> cables) {
    public Pair {
        cables = List.copyOf(cables);
    }

    /// Port index on the first end, port index on the second.
    public record Cable(int firstPort, int secondPort) {}
}
