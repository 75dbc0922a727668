package dev.bluerig.task;

import dev.bluerig.remote.Command;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How a difference is closed: plain data, so it can be saved in a plan, compared, and armed as a rollback.
///
/// `touches` names links, bridges and services that may lose traffic; only the engine knows which of them carry a management path.
/// `settle` is how long the machine may take after the commands before the facts are as wanted.
public record Remedy(List<Command> commands, List<Command> undo, Set<String> touches, Duration settle) {
    public Remedy {
        commands = List.copyOf(commands);
        undo = List.copyOf(undo);
        touches = Set.copyOf(touches);
        if (commands.isEmpty()) throw new IllegalArgumentException("a remedy without commands");
    }

    public static Remedy of(List<Command> commands, List<Command> undo, Set<String> touches) {
        return new Remedy(commands, undo, touches, Duration.ZERO);
    }
}
