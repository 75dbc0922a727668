package dev.bluerig.run;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Pair;
import java.util.LinkedHashSet;
import java.util.Set;

/// Whose state a machine's own state can depend on: its host or its DPUs, the other ends of its cables, and their DPUs.
record Dependents(Inventory inventory) {
    Set<String> of(Machine machine) {
        var all = new LinkedHashSet<String>();
        Machine host = inventory.hostOf(machine).orElse(machine);
        rig(host, all);
        for (Pair pair : inventory.pairsOf(host)) {
            if (pair.first().equals(host.name())) rig(inventory.machines().get(pair.second()), all);
            if (pair.second().equals(host.name())) rig(inventory.machines().get(pair.first()), all);
        }
        all.remove(machine.name());
        return all;
    }

    private void rig(Machine host, Set<String> all) {
        all.add(host.name());
        inventory.dpusOf(host).forEach(dpu -> all.add(dpu.name()));
    }
}
