package dev.bluerig.trial;

import java.util.List;

/// Holds a run against what the trial expects of it.
public final class Expectations {
    private Expectations() {}

    /// `vitals`: of the two hosts and of the DPUs that are ours. What is expected and cannot be told is a miss, too.
    public static List<Miss> of(Expect expect, Evidence evidence, List<Verdict> verdicts, Measurement on, List<Vitals> vitals) {
        throw new UnsupportedOperationException("to come");
    }
}
