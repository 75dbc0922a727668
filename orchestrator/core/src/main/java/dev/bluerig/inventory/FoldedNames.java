package dev.bluerig.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Equal things of many machines, said once.
public final class FoldedNames {
    private FoldedNames() {}

    /// In the range notation of the inventory: `dpu-001 ... dpu-200` is `dpu-[001:200]`.
    public static String names(Collection<String> names) {
        return String.join(", ", NameRange.fold(names));
    }

    /// Names that share a value, in the order of the first name: `{a: ok, b: ok}` is `{ok: [a, b]}`.
    public static <K, V> Map<V, List<K>> byValue(Map<K, V> values) {
        var groups = new LinkedHashMap<V, List<K>>();
        values.forEach((name, value) -> groups.computeIfAbsent(value, any -> new ArrayList<>()).add(name));
        return groups;
    }
}
