package dev.bluerig.playbook;

import dev.bluerig.trial.run.TrialSkip;
import dev.bluerig.trial.spec.PairTrial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A trial made ready for each of its pairs. `skipped`: pairs that it leaves out, and why.
public record ResolvedTrial(TrialItem item, List<PairTrial> pairs, Map<String, TrialSkip> skipped) implements ResolvedItem {
    public ResolvedTrial {
        pairs = List.copyOf(pairs);
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    }
}
