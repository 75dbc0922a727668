package dev.bluerig.run;

import dev.bluerig.converge.Mode;
import dev.bluerig.inventory.Machine;
import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.ResolvedTrial;
import dev.bluerig.remote.Unreachable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// Removes from hosts what trials have brought there, when the run is over. What becomes of it stands in the journal.
final class AgentPurge {
    private AgentPurge() {}

    static void of(RunContext context, List<? extends ResolvedItem> items) {
        if (context.terms().mode() != Mode.ACCEPT) return;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hosts(items).values().forEach(host -> threads.submit(() -> purge(context, host)));
        }
    }

    private static Map<String, Machine> hosts(List<? extends ResolvedItem> items) {
        var hosts = new LinkedHashMap<String, Machine>();
        for (ResolvedItem item : items) {
            if (item instanceof ResolvedTrial resolved) resolved.pairs().forEach(pair -> {
                hosts.put(pair.server().name(), pair.server());
                hosts.put(pair.client().name(), pair.client());
            });
        }
        return hosts;
    }

    private static void purge(RunContext context, Machine host) {
        if (context.isBroken()) return;
        try {
            told(context, host);
        } catch (RecordError unwritable) {
            context.broken();
        } catch (RuntimeException | Error defect) {
            context.defect(defect);
        }
    }

    private static void told(RunContext context, Machine host) {
        try {
            var gone = context.terms().trials().runtime().purge(host, context.connections().to(host));
            context.journal().purged(host.name(), gone);
        } catch (Unreachable why) {
            context.journal().notPurged(host.name(), why.getMessage());
        }
    }
}
