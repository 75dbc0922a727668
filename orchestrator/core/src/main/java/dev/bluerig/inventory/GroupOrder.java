package dev.bluerig.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which group comes before which when their settings merge: outer before inner, and of equals the later in the list last.
final class GroupOrder {
    private final Map<String, List<String>> parents;
    private final Map<String, Integer> depths = new HashMap<>();

    /// `parents`: for every group the groups that it is in; no cycle, no unknown name.
    GroupOrder(Map<String, List<String>> parents) {
        this.parents = parents;
    }

    /// Every group that a machine with these groups is in, in the order of merging.
    List<String> of(List<String> groups) {
        var all = new LinkedHashSet<String>();
        groups.forEach(group -> collect(group, all));
        return all.stream().sorted(Comparator.comparingInt(this::depth)).toList();
    }

    private void collect(String group, Set<String> all) {
        parents.get(group).forEach(parent -> collect(parent, all));
        all.add(group);
    }

    private int depth(String group) {
        Integer known = depths.get(group);
        if (known != null) return known;
        int depth = parents.get(group).stream().mapToInt(parent -> depth(parent) + 1).max().orElse(0);
        depths.put(group, depth);
        return depth;
    }

    /// The groups of a cycle in order, beginning and ending with the same; empty when there is none.
    static List<String> cycle(Map<String, List<String>> parents) {
        var done = new LinkedHashSet<String>();
        for (String group : parents.keySet()) {
            List<String> cycle = cycle(group, new ArrayList<>(), done, parents);
            if (!cycle.isEmpty()) return cycle;
        }
        return List.of();
    }

    private static List<String> cycle(String group, List<String> path, Set<String> done, Map<String, List<String>> parents) {
        int seen = path.indexOf(group);
        path.add(group);
        if (seen >= 0) return List.copyOf(path.subList(seen, path.size()));
        if (!done.contains(group)) {
            for (String parent : parents.getOrDefault(group, List.of())) {
                List<String> cycle = cycle(parent, path, done, parents);
                if (!cycle.isEmpty()) return cycle;
            }
        }
        done.add(group);
        path.removeLast();
        return List.of();
    }
}
