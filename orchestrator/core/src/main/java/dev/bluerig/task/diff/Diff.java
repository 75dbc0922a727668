package dev.bluerig.task.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What stands between a machine and a wanted state.
public sealed interface Diff {
    record Same() implements Diff {}

    /// The wanted state has no meaning on this machine (a switch plane in NIC mode): nothing is wrong, nothing is done.
    record NotApplicable(String why) implements Diff {}

    /// What was seen does not tell: nothing is done, and nothing is passed.
    record Unknown(String why) implements Diff {}

    /// Only a person can close it. Every kind of obstacle is told; the first one names the whole.
    ///
    /// `further`: what else differs and could be mended if it were not for the obstacles, or is not known.
    record Unmet(List<Obstacle> obstacles, List<Change> further) implements Diff {
        public Unmet {
            obstacles = List.copyOf(obstacles);
            further = List.copyOf(further);
            if (obstacles.isEmpty()) throw new IllegalArgumentException("unmet, but nothing stands in the way");
        }

        public Unmet(Finding finding, List<Change> changes, String next) {
            this(List.of(new Obstacle(finding, changes, next)), List.of());
        }

        public Finding finding() {
            return obstacles.getFirst().finding();
        }

        /// What the obstacles are, all of them.
        public List<Change> changes() {
            return obstacles.stream().flatMap(obstacle -> obstacle.changes().stream()).toList();
        }

        /// Every difference, whatever could be done about it.
        public List<Change> all() {
            return Stream.concat(changes().stream(), further.stream()).toList();
        }

        /// What to do about the one obstacle (empty: the finding's own), or about each of several.
        public String next() {
            if (obstacles.size() == 1) return obstacles.getFirst().next();
            return obstacles.stream().map(Obstacle::advice).distinct().collect(Collectors.joining("; "));
        }

        /// The same wish is told once, as its obstacle.
        public Unmet with(List<Change> more) {
            var all = new ArrayList<>(further);
            more.stream()
                .filter(change -> all().stream().noneMatch(told -> told.what().equals(change.what())
                && told.expected().equals(change.expected()))).forEach(all::add);
            return new Unmet(obstacles, all);
        }
    }

    /// One kind of obstacle at its places. `next` is the command or action for this very case; empty means the finding's own.
    /// `held`: of `ADDRESS_ELSEWHERE`, the addresses that are on other links.
    record Obstacle(Finding finding, List<Change> changes, String next, List<HeldAddress> held) {
        public Obstacle {
            changes = List.copyOf(changes);
            held = List.copyOf(held);
        }

        public Obstacle(Finding finding, List<Change> changes, String next) {
            this(finding, changes, next, List.of());
        }

        public String advice() {
            return next.isEmpty() ? finding.next() : next;
        }
    }

    /// All changes of a task share one remedy, because OVS needs one transaction.
    record Mendable(List<Change> changes, Remedy remedy) implements Diff {
        public Mendable {
            changes = List.copyOf(changes);
            if (changes.isEmpty()) throw new IllegalArgumentException("mendable, but nothing differs");
        }
    }
}
