package dev.bluerig.converge;

import dev.bluerig.fact.Effect;
import dev.bluerig.task.Change;
import dev.bluerig.task.Diff;
import dev.bluerig.task.Elsewhere;
import dev.bluerig.task.Finding;
import dev.bluerig.task.Prospect;
import dev.bluerig.task.Task;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Check mode: what would be done before a task's turn comes, on this machine and on those that it depends on.
///
/// `changes`: those on this machine that are known to the last word. An address goes by one of these; `Effect.ADDRESSES_GO` stands for tasks that could not be
/// judged yet.
public record Forecast(Set<Effect> here, Set<Effect> around, List<Change> changes) {
    /// What is seen is what will be.
    public static final Forecast CERTAIN = new Forecast(Set.of(), Set.of());

    public Forecast {
        here = Set.copyOf(here);
        around = Set.copyOf(around);
        changes = List.copyOf(changes);
    }

    public Forecast(Set<Effect> here, Set<Effect> around) {
        this(here, around, List.of());
    }

    /// The same on a machine that depends on others.
    public Forecast among(Set<Effect> others) {
        return new Forecast(here, others, changes);
    }

    /// Something may be other than it is seen now.
    boolean open() {
        return !here.isEmpty() || !around.isEmpty();
    }

    /// After a task of this machine, as far as it would change something.
    public Forecast and(Task<?> task, Outcome outcome) {
        if (!outcome.isForeseen()) return this;
        if (!(outcome instanceof Outcome.WouldChange known)) return and(task.brings());
        var all = new ArrayList<>(changes);
        all.addAll(known.changes());
        var effects = EnumSet.noneOf(Effect.class);
        effects.addAll(task.brings());
        effects.remove(Effect.ADDRESSES_GO);
        return new Forecast(here, around, all).and(effects);
    }

    /// After something of which no more is known.
    public Forecast and(Set<Effect> more) {
        var all = EnumSet.noneOf(Effect.class);
        all.addAll(here);
        all.addAll(more);
        return new Forecast(all, around, changes);
    }

    /// Whether what comes first could close it.
    boolean mayClose(Diff.Obstacle obstacle) {
        boolean goes = obstacle.finding() == Finding.ADDRESS_ELSEWHERE && obstacle.changes().stream().allMatch(change -> Elsewhere.isTakenAway(change, changes));
        return goes || Prospect.of(obstacle.finding()).with(here, around);
    }
}
