package dev.bluerig.run;

import dev.bluerig.converge.Outcome;
import dev.bluerig.playbook.ResolvedPlay;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialStep;
import java.util.List;

/// Told of everything as it happens, from many machines' threads at once: the live display.
public interface RunListener {
    void playBegins(ResolvedPlay resolved);

    void dialling(String machine);

    /// A remedy is about to run.
    void acting(String machine, int task);

    void outcome(String machine, int task, Outcome outcome);

    void playEnds(RunRecord.PlayRecord play);

    /// A trial starts on these pairs, side by side.
    void trialBegins(String trial, List<String> pairs);

    /// Where a pair is in its trial; at least once a second while payload flows.
    void trialMoves(String trial, String pair, TrialStep step);

    /// What became of the trial on each of its pairs.
    void trialEnds(String trial, List<TrialResult> results);

    static RunListener none() {
        return new RunListener() {
            @Override
            public void playBegins(ResolvedPlay resolved) {}

            @Override
            public void dialling(String machine) {}

            @Override
            public void acting(String machine, int task) {}

            @Override
            public void outcome(String machine, int task, Outcome outcome) {}

            @Override
            public void playEnds(RunRecord.PlayRecord play) {}

            @Override
            public void trialBegins(String trial, List<String> pairs) {}

            @Override
            public void trialMoves(String trial, String pair, TrialStep step) {}

            @Override
            public void trialEnds(String trial, List<TrialResult> results) {}
        };
    }
}
