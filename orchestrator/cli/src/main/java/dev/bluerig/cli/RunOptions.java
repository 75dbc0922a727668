package dev.bluerig.cli;

import dev.bluerig.run.RunStart;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of commands that run a playbook.
final class RunOptions {
    private static final int FORKS = 50;

    enum Output { TEXT, JSON }

    @Option(names = "--forks", paramLabel = "N", description = "machines at work at the same time (default: " + FORKS + ")")
    private Optional<Integer> forks = Optional.empty();

    @Option(names = "--output", paramLabel = "text|json", description = "for people, or for programs (default: ${DEFAULT-VALUE})")
    private Output output = Output.TEXT;

    @Option(names = "--runs", paramLabel = "DIR", description = "where runs are recorded (default: runs/ of the project)")
    private Optional<Path> runs = Optional.empty();

    int forks() {
        return forks.orElse(FORKS);
    }

    /// For what was not given: as that run had it, and beside it.
    void otherwise(RunStart start, Path beside) {
        forks = Optional.of(forks.orElse(start.forks()));
        runs = Optional.of(beside);
    }

    boolean json() {
        return output == Output.JSON;
    }

    boolean namesRuns() {
        return runs.isPresent();
    }

    Path runs(ProjectOptions project, CliContext context) {
        return runs.map(context.directory()::resolve).orElse(project.directory(context).resolve("runs")).normalize();
    }
}
