package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.protocol.AgentCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Looks once a second whether every connection that is not done moves: TCP itself waits a quarter of an hour for a peer that fell silent.
final class StallWatcher {
    private record Seen(long movement, long at) {}

    private final Workload work;
    private final Map<Integer, Seen> seen = new HashMap<>();
    private final Set<Integer> done = new HashSet<>();

    StallWatcher(Workload work) {
        this.work = work;
    }

    void done(ConnectionWorker worker) {
        done.add(worker.number());
    }

    void look() throws PairFailed {
        long now = System.nanoTime();
        for (ConnectionWorker worker : work.workers()) {
            if (done.contains(worker.number())) continue;
            Seen before = seen.get(worker.number());
            long movement = worker.movement();
            if (before == null || before.movement() != movement) seen.put(worker.number(), new Seen(movement, now));
            else if (now - before.at() > work.settings().lifetime().silence().toNanos())
                throw new PairFailed(AgentCode.PEER_STOPPED, "nothing moved on connection " + worker.number() + " for " + work.settings()
                    .lifetime().silence().toSeconds() + " seconds, after "
                    + worker.sent().bytes() + " bytes sent and " + worker.received().bytes() + " received");
        }
    }
}
