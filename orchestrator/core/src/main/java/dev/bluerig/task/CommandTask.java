package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.system.Probe;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Described;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Remedy;
import dev.bluerig.task.diff.Touch;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The way out for what no task describes: a command of the user's, with a probe that says whether it is still needed.
@TaskName("command")
@Described(value = "Escape hatch: runs a command unless a probe exits 0. Marked in every report, because only its author knows what it"
    + " does. No shell: words, not a line.",
    example = "command: {run: [sysctl, -w, net.core.rmem_max=16777216], unless: [grep, -qx, \"16777216\", /proc/sys/net/core/rmem_max],"
    + " because: large receive windows}")
public record CommandTask(@Described(value = "The command, word by word.",
example = "[sysctl, -w, net.core.rmem_max=16777216]") List<String> run,
                     @Described(value = "The probe: exit 0 = nothing to do. It must not change anything.",
                     example = "[grep, -qx, \"16777216\", /proc/sys/net/core/rmem_max]") List<String> unless,
                     @Described(value = "Why it is needed, for the report.", example = "large receive windows") String because,
                     @Described(value = "Links, bridges and services that it may cut, beside those that its own words name; the guard"
                     + " refuses when a way in is among them.", absent = "") Set<String> touches,
                     @Described(value = "How long it may take.", absent = "60s") Duration within) implements Task<Probe> {
    public CommandTask {
        run = List.copyOf(run);
        unless = List.copyOf(unless);
        touches = Set.copyOf(touches);
        if (unless.isEmpty()) throw new IllegalArgumentException("`unless` needs a command");
        Command.of(run).within(within);
        Command.of(unless);
        if (because.isBlank()) throw new IllegalArgumentException("`because` must say why the command is needed");
    }

    @Override
    public Fact<Probe> wants() {
        return new Probe.Seen(Command.of(unless));
    }

    /// Nobody but its author knows what it does.
    @Override
    public Set<Effect> brings() {
        return EnumSet.allOf(Effect.class);
    }

    @Override
    public Set<String> programs() {
        return Set.of(run.getFirst());
    }

    @Override
    public Diff diff(Probe seen) {
        if (seen.holds()) return new Diff.Same();
        var change = new Change("escape hatch (" + because + ")", Command.of(unless).line() + " exits 0", "exit " + seen.status());
        var touched = touches.stream().map(Touch::named).collect(Collectors.toSet());
        var made = Stream.concat(run.stream(), touches.stream()).flatMap(word -> Touch.either(word).stream()).collect(Collectors.toSet());
        return new Diff.Mendable(List.of(change), Remedy.of(List.of(Command.of(run).within(within)), List.of(), touched).making(made)
            .doing(List.of(new Deed.RunCommand(run, touches))));
    }
}
