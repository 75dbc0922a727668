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

    /// Every program that the commands start, with the first command that needs it.
    public Map<String, Command> programs() {
        var programs = new LinkedHashMap<String, Command>();
        for (Command command : commands) {
            var words = command.words();
            programs.putIfAbsent(words.getFirst(), command);
            if (!words.getFirst().equals("env")) continue;
            words.stream().skip(1).filter(word -> word.indexOf('=') < 0).findFirst().ifPresent(program -> programs.putIfAbsent(program, command));
        }
        return Collections.unmodifiableMap(programs);
    }
}
