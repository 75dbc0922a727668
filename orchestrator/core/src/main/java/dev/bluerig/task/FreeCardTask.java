package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.link.CardInUse;
import java.util.List;
import java.util.Set;

/// A requirement of trials: nobody else's TLS connections live in a card of this machine. They would move the counters, and flags are not
/// changed under them.
public record FreeCardTask() implements Task<TlsSockets> {
    @Override
    public Fact<TlsSockets> wants() {
        return new TlsSockets.Seen();
    }

    @Override
    public Set<Effect> brings() {
        return Set.of();
    }

    @Override
    public Diff diff(TlsSockets seen) {
        if (seen.device().isEmpty()) return new Diff.Same();
        return new Diff.Unmet(Finding.BUSY,
            List.of(new Change("TLS connections in a card", "none", seen.device().size() + " of " + String.join(", ", seen.owners()))),
            CardInUse.next(seen));
    }
}
