package dev.bluerig.trial;

import java.util.List;
import java.util.Map;

/// Likely causes, the likeliest first.
public final class Diagnoses {
    private Diagnoses() {}

    /// `around`: what is known of hosts and DPUs, by machine name; a machine that is not in it is not known.
    public static List<Diagnosis> of(Evidence evidence, List<Verdict> verdicts, Map<String, Circumstances> around) {
        return List.of();
    }

    /// The same where a program ended before there was any evidence.
    public static List<Diagnosis> of(String machine, PairFailure failure, Map<String, Circumstances> around) {
        return List.of();
    }
}
