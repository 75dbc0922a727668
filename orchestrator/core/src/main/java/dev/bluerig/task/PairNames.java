package dev.bluerig.task;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Pair;
import dev.bluerig.source.Described;
import dev.bluerig.source.Items;
import java.util.List;

/// Which pairs are meant: `all`, one name, or a list of names.
@Items
public record PairNames(@Described("`all`, or names of pairs.") List<String> names) {
    public PairNames {
        names = List.copyOf(names);
        if (names.isEmpty()) throw new IllegalArgumentException("no pair is named; say `all` or names");
    }

    public boolean all() {
        return names.equals(List.of("all"));
    }

    public boolean means(Pair pair) {
        return all() || names.contains(pair.name());
    }

    public List<Pair> in(Inventory inventory) {
        return inventory.pairs().values().stream().filter(this::means).toList();
    }

    /// Names that the inventory does not have.
    public List<String> unknownIn(Inventory inventory) {
        return all() ? List.of() : names.stream().filter(name -> !inventory.pairs().containsKey(name)).toList();
    }
}
