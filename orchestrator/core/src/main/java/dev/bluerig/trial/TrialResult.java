package dev.bluerig.trial;

import dev.bluerig.converge.Failure;
import dev.bluerig.remote.Reason;
import dev.bluerig.source.Described;
import dev.bluerig.source.Ours;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What became of one trial on one pair.
///
/// - `terms`: what was demanded of it.
/// - `failure`: why nothing was run, or why it ended before all cells were: an unmet precondition, a lost machine, flags that did not come back.
/// - `skipped`: why it was not tried; empty when it was.
public record TrialResult(@Ours String trial, @Ours String at, @Ours String pair,
                          @Described(value = "What was demanded of it.", example = "{}", absent = "{}") Terms terms, List<Cell> cells, List<Sheet> sheets, Optional<Failure> failure, String skipped) {
    public TrialResult {
        cells = List.copyOf(cells);
        sheets = List.copyOf(sheets);
    }

    public boolean accepted() {
        return skipped.isEmpty() && failure.isEmpty() && cells.stream().allMatch(Cell::accepted);
    }

    /// A machine of the pair could not be reached or was lost.
    public boolean lost() {
        return failure.filter(why -> Stream.of(Reason.values()).anyMatch(reason -> reason.name().equals(why.code()))).isPresent();
    }

    /// Skipped because the user's `--limit` leaves one of its hosts out: that is no verdict.
    public boolean leftOut() {
        return skipped.startsWith(LIMIT);
    }

    /// How the reason of a pair begins that `--limit` leaves out.
    public static final String LIMIT = "--limit ";
}
