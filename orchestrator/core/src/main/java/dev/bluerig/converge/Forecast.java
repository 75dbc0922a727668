package dev.bluerig.converge;

import dev.bluerig.fact.Effect;
import java.util.EnumSet;
import java.util.Set;

/// Check mode: what would be done before a task's turn comes, on this machine and on those that it depends on.
public record Forecast(Set<Effect> here, Set<Effect> around) {
    /// What is seen is what will be.
    public static final Forecast CERTAIN = new Forecast(Set.of(), Set.of());

    public Forecast {
        here = Set.copyOf(here);
        around = Set.copyOf(around);
    }

    /// Something may be other than it is seen now.
    boolean open() {
        return !here.isEmpty() || !around.isEmpty();
    }

    Forecast and(Set<Effect> more) {
        var all = EnumSet.noneOf(Effect.class);
        all.addAll(here);
        all.addAll(more);
        return new Forecast(all, around);
    }
}
