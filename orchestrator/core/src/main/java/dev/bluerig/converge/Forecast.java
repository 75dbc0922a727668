package dev.bluerig.converge;

import dev.bluerig.fact.Effect;
import dev.bluerig.task.Task;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.FindingForecast;
import dev.bluerig.task.link.AddressElsewhere;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Check mode: what would be done before a task's turn comes, on this machine and on those that it depends on.
///
/// `changes`: those on this machine that are known to the last word. `cleared`: links from which tasks that could not be judged yet may take addresses away.
public record Forecast(Set<Effect> here, Set<Effect> around, List<Change> changes, Set<String> cleared) {
    /// What is seen is what will be.
    public static final Forecast CERTAIN = new Forecast(Set.of(), Set.of());

    public Forecast {
        here = Set.copyOf(here);
        around = Set.copyOf(around);
        changes = List.copyOf(changes);
        cleared = Set.copyOf(cleared);
    }

    public Forecast(Set<Effect> here, Set<Effect> around) {
        this(here, around, List.of(), Set.of());
    }

    /// The same on a machine that depends on others.
    public Forecast among(Set<Effect> others) {
        return new Forecast(here, others, changes, cleared);
    }

    /// Something may be other than it is seen now.
    boolean open() {
        return !here.isEmpty() || !around.isEmpty();
    }

    /// After a task of this machine, as far as it would change something.
    public Forecast and(Task<?> task, Outcome outcome) {
        if (!outcome.isForeseen()) return this;
        if (!(outcome instanceof Outcome.WouldChange known)) return and(task);
        var all = new ArrayList<>(changes);
        all.addAll(known.changes());
        return new Forecast(with(task), around, all, cleared);
    }

    /// After a task of which no more is known.
    public Forecast and(Task<?> task) {
        var all = new HashSet<>(cleared);
        all.addAll(task.clears());
        return new Forecast(with(task), around, changes, all);
    }

    private Set<Effect> with(Task<?> task) {
        var all = EnumSet.noneOf(Effect.class);
        all.addAll(here);
        all.addAll(task.brings());
        return all;
    }

    /// Whether what comes first could close it.
    boolean mayClose(Diff.Obstacle obstacle) {
        boolean goes = obstacle.finding() == Finding.ADDRESS_ELSEWHERE && obstacle.changes().stream().allMatch(change -> AddressElsewhere.isTakenAway(change, changes) || AddressElsewhere.mayBeTakenAway(change, cleared));
        return goes || FindingForecast.of(obstacle.finding()).with(here, around);
    }
}
