package dev.bluerig.source;

import java.util.List;
import java.util.stream.Collectors;

/// The user's input is wrong: every problem that was found, each with its place. Nothing was connected.
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public InvalidInput(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) throw new IllegalArgumentException("invalid input without a problem");
        this.problems = List.copyOf(problems);
    }

    public InvalidInput(Location at, String message) {
        this(List.of(new Problem(at, message)));
    }

    public List<Problem> problems() {
        return problems;
    }
}
