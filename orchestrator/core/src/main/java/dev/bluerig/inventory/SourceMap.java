package dev.bluerig.inventory;

import dev.bluerig.source.Location;
import dev.bluerig.source.Tree;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/// Where the parts of an inventory were written, so that what is wrong between two parts can be located, too.
final class SourceMap {
    final Map<RangeEntry, Location> keys = new IdentityHashMap<>();
    final Map<String, Tree.Entry> groups = new HashMap<>();
    final Map<String, Tree.Entry> machines = new HashMap<>();
    final Map<String, Tree.Entry> pairs = new HashMap<>();

    Location machine(String name) {
        return machines.get(name).keyAt();
    }

    /// A field of a machine, or the machine when it has none.
    Location machine(String name, String... path) {
        return at(machines.get(name).value(), path);
    }

    Location pair(String name, String... path) {
        return at(pairs.get(name).value(), path);
    }

    /// As deep as the path can be followed; a number is a place in a list.
    Location at(Tree tree, String... path) {
        Tree part = tree;
        for (String step : path) {
            Optional<Tree> next = field(part, step);
            if (next.isEmpty()) return part.at();
            part = next.get();
        }
        return part.at();
    }

    Location item(Tree tree, String field, int index) {
        return at(tree, field, Integer.toString(index));
    }

    static Optional<Tree> field(Tree tree, String name) {
        return switch (tree) {
            case Tree.Mapping mapping -> mapping.get(name);
            case Tree.Sequence sequence when name.matches("[0-9]+") && Integer.parseInt(name) < sequence.items()
                .size() -> Optional.of(sequence.items().get(Integer.parseInt(name)));
            case Tree.Sequence sequence -> Optional.empty();
            case Tree.Scalar scalar -> Optional.empty();
        };
    }
}
