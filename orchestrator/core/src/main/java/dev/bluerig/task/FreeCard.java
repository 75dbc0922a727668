package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.TlsSockets;
import java.util.List;
import java.util.Set;

/// A requirement of trials: nobody else's TLS connections live in a card of this machine. They would move the counters, and flags are not
/// changed under them.
public record FreeCard() implements Task<TlsSockets> {
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
        return new Diff.Unmet(Finding.BUSY, List.of(new Change("TLS connections in a card", "none", seen.device().size() + " of " + String.join(", ", seen.owners()))),
            Busy.next(seen));
    }
}
