package dev.bluerig.trial;

import dev.bluerig.converge.Failure;
import java.util.List;
import java.util.Optional;

/// What became of one trial on one pair.
///
/// - `failure`: why nothing was run, or why it ended before all cells were: an unmet precondition, a lost machine, flags that did not come back.
/// - `skipped`: why it was not tried; empty when it was.
public record TrialResult(String trial, String at, String pair, List<Cell> cells, List<Sheet> sheets, Optional<Failure> failure, String skipped) {
    public TrialResult {
        cells = List.copyOf(cells);
        sheets = List.copyOf(sheets);
    }

    public boolean accepted() {
        return skipped.isEmpty() && failure.isEmpty() && cells.stream().allMatch(Cell::accepted);
    }
}
