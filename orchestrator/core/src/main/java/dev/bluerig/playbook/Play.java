package dev.bluerig.playbook;

import dev.bluerig.source.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One play as written: which machines, and what each of them has to be, in order.
///
/// `arm`: what would be refused is armed, for so many seconds.
public record Play(String name, Location at, Selector machines, Map<String, Object> vars, Optional<Integer> arm,
    List<TaskEntry> tasks) implements PlaybookItem {
    public Play {
        vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
        tasks = List.copyOf(tasks);
    }

    /// Machines by name, group, range or pattern, and where that was written.
    public record Selector(Location at, String text) {}
}
