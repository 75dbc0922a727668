package dev.bluerig.task.diff;

import dev.bluerig.remote.Command;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How a difference is closed: plain data, so it can be saved in a plan, compared, and armed as a rollback.
///
/// - `does`: what happens, step by step; only the engine knows whether a management path stands it. Where a task only says what it
///   touches, that is what happens to it.
/// - `touches`: what may lose traffic.
/// - `makes`: links that it makes or sets up, and services that make links (rshim makes `tmfifo_net0`).
/// - `takes`: addresses that it takes away.
/// - `settle`: how long the machine may take after the commands before the facts are as wanted.
public record Remedy(List<Command> commands, List<Command> undo, List<Deed> does, Set<Touch> touches, Set<Touch> makes,
    Set<HeldAddress> takes, Duration settle) {
    public Remedy {
        commands = List.copyOf(commands);
        undo = List.copyOf(undo);
        touches = Set.copyOf(touches);
        does = List.copyOf(does);
        makes = Set.copyOf(makes);
        takes = Set.copyOf(takes);
        if (commands.isEmpty()) throw new IllegalArgumentException("a remedy without commands");
    }

    public Remedy(List<Command> commands, List<Command> undo, Set<Touch> touches, Set<Touch> makes, Duration settle) {
        this(commands, undo, touches.stream().map(Deed::of).toList(), touches, makes, Set.of(), settle);
    }

    public static Remedy of(List<Command> commands, List<Command> undo, Set<Touch> touches) {
        return new Remedy(commands, undo, touches, Set.of(), Duration.ZERO);
    }

    public Remedy making(Set<Touch> made) {
        return new Remedy(commands, undo, does, touches, made, takes, settle);
    }

    public Remedy doing(List<Deed> deeds) {
        return new Remedy(commands, undo, deeds, touches, makes, takes, settle);
    }

    public Remedy taking(Set<HeldAddress> taken) {
        return new Remedy(commands, undo, does, touches, makes, taken, settle);
    }

    /// The same in other words.
    public Remedy saying(List<Command> others) {
        return new Remedy(others, undo, does, touches, makes, takes, settle);
    }

    /// Every program that the commands start, with the first command that needs it.
    public Map<String, Command> programs() {
        var programs = new LinkedHashMap<String, Command>();
        for (Command command : commands) {
            var words = command.words();
            programs.putIfAbsent(words.getFirst(), command);
            if (!words.getFirst().equals("env")) continue;
            words.stream().skip(1).filter(word -> word.indexOf('=') < 0).findFirst()
                .ifPresent(program -> programs.putIfAbsent(program, command));
        }
        return Collections.unmodifiableMap(programs);
    }
}
