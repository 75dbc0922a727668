package dev.bluerig.run;

import dev.bluerig.converge.Outcome;
import dev.bluerig.playbook.Stage;
import dev.bluerig.trial.Step;
import dev.bluerig.trial.TrialResult;
import java.util.List;

/// Told of everything as it happens, from many machines' threads at once: the live display.
public interface Progress {
    void playBegins(Stage stage);

    void dialling(String machine);

    /// A remedy is about to run.
    void acting(String machine, int task);

    void outcome(String machine, int task, Outcome outcome);

    void playEnds(RunRecord.PlayRecord play);

    /// A trial starts on these pairs, side by side.
    void trialBegins(String trial, List<String> pairs);

    /// Where a pair is in its trial; at least once a second while payload flows.
    void trialMoves(String trial, String pair, Step step);

    /// What became of the trial on each of its pairs.
    void trialEnds(String trial, List<TrialResult> results);

    static Progress none() {
        return new Progress() {
            @Override
            public void playBegins(Stage stage) {}

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
            public void trialMoves(String trial, String pair, Step step) {}

            @Override
            public void trialEnds(String trial, List<TrialResult> results) {}
        };
    }
}
