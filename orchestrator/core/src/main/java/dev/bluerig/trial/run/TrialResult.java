package dev.bluerig.trial.run;

import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.source.Described;
import dev.bluerig.source.TrustedText;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.verdict.TrialTerms;
import java.util.List;
import java.util.Optional;

/// What became of one trial on one pair.
///
/// - `terms`: what was demanded of it.
/// - `failure`: why nothing was run, or why it ended before all cells were: an unmet precondition, a lost machine, flags that did not come
///   back.
/// - `skipped`: why it was not tried; absent when it was.
public record TrialResult(@TrustedText String trial, @TrustedText String at, @TrustedText String pair,
                          @Described(value = "What was demanded of it.", example = "{}", absent = "{}") TrialTerms terms, List<Cell> cells,
                          List<HardwareSheet> sheets, Optional<Failure> failure, Optional<TrialSkip> skipped) {
    public TrialResult {
        cells = List.copyOf(cells);
        sheets = List.copyOf(sheets);
    }

    public boolean accepted() {
        return skipped.isEmpty() && failure.isEmpty() && cells.stream().allMatch(Cell::accepted);
    }

    /// A machine of the pair could not be reached or was lost.
    public boolean lost() {
        return failure.filter(why -> why.code().family() == CodeFamily.CONNECTION).isPresent();
    }

    /// Skipped because the user's `--limit` leaves one of its hosts out: that is no verdict.
    public boolean leftOut() {
        return skipped.filter(why -> why.reason() == TrialSkip.Reason.LIMIT).isPresent();
    }
}
