package dev.bluerig.task.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects what stands in the way of a task, by kind, in the order found.
final class Obstacles {
    private record Entry(Change change, String next, Optional<HeldAddress> held) {}

    private final Map<Finding, List<Entry>> found = new LinkedHashMap<>();

    /// `next` empty: the finding's own.
    void add(Finding finding, Change change, String next) {
        found.computeIfAbsent(finding, any -> new ArrayList<>()).add(new Entry(change, next, Optional.empty()));
    }

    void add(HeldAddress held, Change change) {
        found.computeIfAbsent(Finding.ADDRESS_ELSEWHERE, any -> new ArrayList<>()).add(new Entry(change, "", Optional.of(held)));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    Optional<Diff.Unmet> unmet() {
        if (found.isEmpty()) return Optional.empty();
        var all = new ArrayList<Diff.Obstacle>();
        found.forEach((finding, places) -> all.add(new Diff.Obstacle(finding, places.stream().map(Entry::change).toList(), next(places),
            places.stream().flatMap(place -> place.held().stream()).toList())));
        return Optional.of(new Diff.Unmet(all, List.of()));
    }

    /// Every place's own advice, once.
    private static String next(List<Entry> places) {
        return String.join("; ", places.stream().map(Entry::next).filter(next -> !next.isEmpty()).distinct().toList());
    }
}
