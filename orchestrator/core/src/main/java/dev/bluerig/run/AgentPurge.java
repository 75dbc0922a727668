package dev.bluerig.run;

import dev.bluerig.converge.Mode;
import dev.bluerig.inventory.Machine;
import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.ResolvedTrial;
import dev.bluerig.remote.Unreachable;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// Removes from hosts what trials have brought there, when the run is over. What becomes of it stands in the journal.
final class AgentPurge {
    private AgentPurge() {}

    static void of(RunContext floor, List<? extends ResolvedItem> items) {
        if (floor.terms().mode() != Mode.ACCEPT) return;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hosts(items).values().forEach(host -> threads.submit(() -> purge(floor, host)));
        }
    }

    private static Map<String, Machine> hosts(List<? extends ResolvedItem> items) {
        var hosts = new LinkedHashMap<String, Machine>();
        for (ResolvedItem item : items) {
            if (item instanceof ResolvedTrial stage) stage.pairs().forEach(pair -> {
                hosts.put(pair.server().name(), pair.server());
                hosts.put(pair.client().name(), pair.client());
            });
        }
        return hosts;
    }

    private static void purge(RunContext floor, Machine host) {
        try {
            var gone = floor.terms().trying().ensemble().purge(host, floor.connections().to(host));
            floor.journal().purged(host.name(), gone);
        } catch (Unreachable why) {
            floor.journal().notPurged(host.name(), why.getMessage());
        } catch (UncheckedIOException unwritable) {
            floor.broken();
        } catch (RuntimeException | Error defect) {
            floor.defect(defect);
        }
    }
}
