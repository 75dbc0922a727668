package dev.bluerig.task.diff;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.source.TrustedText;
import java.util.List;
import java.util.stream.Collectors;

/// Why a task or a machine failed, complete enough to act on: code, expected and found, what was seen, what to do next.
public record Failure(@TrustedText CodeName code, @TrustedText String meaning, List<Change> changes, String detail, String next) {
    public Failure {
        changes = List.copyOf(changes);
    }

    /// Named by the first kind of obstacle; the others are told beside it.
    public static Failure of(Diff.Unmet unmet) {
        var also = unmet.obstacles().stream().skip(1)
            .map(obstacle -> "also " + obstacle.finding() + " (" + places(obstacle) + "): " + obstacle.finding().meaning());
        return of(unmet.finding(), unmet.all(), also.collect(Collectors.joining("\n")), unmet.next());
    }

    private static String places(Diff.Obstacle obstacle) {
        return obstacle.changes().stream().map(Change::what).distinct().collect(Collectors.joining(", "));
    }

    public static Failure of(Code code, List<Change> changes, String detail, String next) {
        return new Failure(CodeName.of(code), code.meaning(), changes, detail, next.isEmpty() ? code.next() : next);
    }
}
