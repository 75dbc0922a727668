package dev.bluerig.run;

import dev.bluerig.converge.Outcome;
import dev.bluerig.playbook.Stage;

/// Told of everything as it happens, from many machines' threads at once: the live display.
public interface Progress {
    void playBegins(Stage stage);

    void dialling(String machine);

    /// A remedy is about to run.
    void acting(String machine, int task);

    void outcome(String machine, int task, Outcome outcome);

    void playEnds(RunRecord.PlayRecord play);

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
        };
    }
}
