package dev.bluerig.converge;

import dev.bluerig.remote.Explained;
import dev.bluerig.source.Ours;
import dev.bluerig.task.Change;
import java.util.List;

/// Why a task or a machine failed, complete enough to act on: code, expected and found, what was seen, what to do next.
public record Failure(@Ours String code, @Ours String meaning, List<Change> changes, String detail, String next) {
    public Failure {
        changes = List.copyOf(changes);
    }

    public static Failure of(Explained code, List<Change> changes, String detail, String next) {
        return new Failure(code.name(), code.meaning(), changes, detail, next.isEmpty() ? code.next() : next);
    }
}
