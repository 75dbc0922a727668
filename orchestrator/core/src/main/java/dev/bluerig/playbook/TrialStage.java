package dev.bluerig.playbook;

import dev.bluerig.trial.PairTrial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A trial made ready for each of its pairs. `skipped`: pairs that it leaves out, and why.
public record TrialStage(TrialItem item, List<PairTrial> pairs, Map<String, String> skipped) implements Staged {
    public TrialStage {
        pairs = List.copyOf(pairs);
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    }
}
