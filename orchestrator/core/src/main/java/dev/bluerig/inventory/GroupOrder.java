package dev.bluerig.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
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

    /// Outer groups before inner ones, in the order of the lists; every group once and without recursion, because an inventory may hold
    /// thousands, one within the other.
    private void collect(String group, Set<String> all) {
        var path = new ArrayDeque<String>();
        var ways = new ArrayDeque<Iterator<String>>();
        if (all.contains(group)) return;
        path.push(group);
        ways.push(parents.get(group).iterator());
        while (!path.isEmpty()) {
            if (!ways.peek().hasNext()) {
                ways.pop();
                all.add(path.pop());
                continue;
            }
            String next = ways.peek().next();
            if (all.contains(next)) continue;
            path.push(next);
            ways.push(parents.get(next).iterator());
        }
    }

    private int depth(String group) {
        var open = new ArrayDeque<String>(List.of(group));
        while (!open.isEmpty()) {
            String next = open.peek();
            var unknown = parents.get(next).stream().filter(parent -> !depths.containsKey(parent)).toList();
            if (unknown.isEmpty()) {
                depths.put(open.pop(), parents.get(next).stream().mapToInt(parent -> depths.get(parent) + 1).max().orElse(0));
            } else {
                unknown.forEach(open::push);
            }
        }
        return depths.get(group);
    }

    /// The groups of a cycle in order, beginning and ending with the same; empty when there is none.
    static List<String> cycle(Map<String, List<String>> parents) {
        var done = new HashSet<String>();
        for (String group : parents.keySet()) {
            List<String> cycle = cycle(group, done, parents);
            if (!cycle.isEmpty()) return cycle;
        }
        return List.of();
    }

    /// `path` and `ways`: where the walk is, and which parents of each are still to be walked.
    private static List<String> cycle(String start, Set<String> done, Map<String, List<String>> parents) {
        var path = new LinkedHashSet<String>();
        var ways = new ArrayDeque<Iterator<String>>();
        ways.push(List.of(start).iterator());
        while (!ways.isEmpty()) {
            if (!ways.peek().hasNext()) {
                ways.pop();
                if (!path.isEmpty()) done.add(path.removeLast());
                continue;
            }
            String next = ways.peek().next();
            if (path.contains(next)) {
                var around = new ArrayList<>(path);
                var cycle = new ArrayList<>(around.subList(around.indexOf(next), around.size()));
                cycle.add(next);
                return cycle;
            }
            if (done.contains(next)) continue;
            path.add(next);
            ways.push(parents.getOrDefault(next, List.of()).iterator());
        }
        return List.of();
    }
}
