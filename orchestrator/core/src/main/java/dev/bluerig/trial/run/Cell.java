package dev.bluerig.trial.run;

import dev.bluerig.inventory.CableId;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.diagnosis.Diagnosis;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.verdict.Measurement;
import dev.bluerig.trial.verdict.UnmetExpectation;
import dev.bluerig.trial.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/// One combination of the matrix on one cable: verdicts, figures, and what does not meet the expectations.
///
/// - `off`: the flip's figures, to compare with.
/// - `failure`: why there is no complete run.
public record Cell(CableId cable, Load load, List<Verdict> verdicts, Optional<Measurement> on, Optional<Measurement> off,
                   List<UnmetExpectation> misses, List<Diagnosis> diagnoses, Optional<AgentFailure> failure) {
    public Cell {
        verdicts = List.copyOf(verdicts);
        misses = List.copyOf(misses);
        diagnoses = List.copyOf(diagnoses);
    }

    public boolean accepted() {
        return misses.isEmpty() && failure.isEmpty();
    }
}
