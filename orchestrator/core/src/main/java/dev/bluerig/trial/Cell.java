package dev.bluerig.trial;

import dev.bluerig.source.Ours;
import java.util.List;
import java.util.Optional;

/// One combination of the matrix on one cable: verdicts, figures, and what does not meet the expectations.
///
/// - `off`: the flip's figures, to compare with.
/// - `failure`: why there is no complete run.
public record Cell(@Ours String cable, Load load, List<Verdict> verdicts, Optional<Measurement> on, Optional<Measurement> off, List<Miss> misses,
                   List<Diagnosis> diagnoses, Optional<PairFailure> failure) {
    public Cell {
        verdicts = List.copyOf(verdicts);
        misses = List.copyOf(misses);
        diagnoses = List.copyOf(diagnoses);
    }

    public boolean accepted() {
        return misses.isEmpty() && failure.isEmpty();
    }
}
