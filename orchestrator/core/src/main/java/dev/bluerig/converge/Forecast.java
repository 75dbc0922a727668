package dev.bluerig.converge;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.task.Task;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.FindingForecast;
import dev.bluerig.task.diff.HeldAddress;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/// Check mode: what would be done before a task's turn comes, on this machine and on those that it depends on.
///
/// `taken`: addresses that are sure to go. `cleared`: links from which tasks that could not be judged yet may take addresses away.
public record Forecast(Set<Effect> here, Set<Effect> around, Set<HeldAddress> taken, Set<LinkRef> cleared) {
    /// What is seen is what will be.
    public static final Forecast CERTAIN = new Forecast(Set.of(), Set.of());

    public Forecast {
        here = Set.copyOf(here);
        around = Set.copyOf(around);
        taken = Set.copyOf(taken);
        cleared = Set.copyOf(cleared);
    }

    public Forecast(Set<Effect> here, Set<Effect> around) {
        this(here, around, Set.of(), Set.of());
    }

    /// The same on a machine that depends on others.
    public Forecast among(Set<Effect> others) {
        return new Forecast(here, others, taken, cleared);
    }

    /// Something may be other than it is seen now.
    boolean open() {
        return !here.isEmpty() || !around.isEmpty();
    }

    /// After a task of this machine, as far as it would change something.
    public Forecast and(Task<?> task, Outcome outcome) {
        if (!outcome.isForeseen()) return this;
        if (!(outcome instanceof Outcome.WouldChange known)) return and(task);
        var all = new HashSet<>(taken);
        all.addAll(known.remedy().takes());
        return new Forecast(with(task), around, all, cleared);
    }

    /// After a task of which no more is known.
    public Forecast and(Task<?> task) {
        var all = new HashSet<>(cleared);
        all.addAll(task.clears());
        return new Forecast(with(task), around, taken, all);
    }

    private Set<Effect> with(Task<?> task) {
        var all = EnumSet.noneOf(Effect.class);
        all.addAll(here);
        all.addAll(task.brings());
        return all;
    }

    /// Whether what comes first could close it.
    boolean mayClose(Diff.Obstacle obstacle) {
        boolean goes = obstacle.finding() == Finding.ADDRESS_ELSEWHERE && obstacle.held().stream().allMatch(this::mayGo);
        return goes || FindingForecast.of(obstacle.finding()).with(here, around);
    }

    private boolean mayGo(HeldAddress held) {
        return taken.contains(held) || cleared.stream().anyMatch(ref -> switch (ref) {
            case LinkRef.ByName(LinkName name) -> name.equals(held.link());
            case LinkRef.ByAddress anyLink -> true;
        });
    }
}
