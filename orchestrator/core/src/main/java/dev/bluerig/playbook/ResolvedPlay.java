package dev.bluerig.playbook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A play made ready: what each selected machine has to be, in the order of the play's tasks. Nothing in it can be wrong any more.
public record ResolvedPlay(Play play, Map<String, List<ResolvedTask>> machines) implements ResolvedItem {
    public ResolvedPlay {
        var copy = new LinkedHashMap<String, List<ResolvedTask>>();
        machines.forEach((name, assignments) -> copy.put(name, List.copyOf(assignments)));
        machines = Collections.unmodifiableMap(copy);
    }
}
