package dev.bluerig.run;

import dev.bluerig.converge.Mode;
import dev.bluerig.playbook.TrialStage;
import dev.bluerig.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The trials of one item of a playbook, pair by pair. Only `accept` runs any.
record Trials(Floor floor, Map<String, Post> posts) {
    List<TrialResult> results(TrialStage stage) {
        var results = new ArrayList<TrialResult>();
        stage.skipped().forEach((pair, why) -> results.add(skipped(stage, pair, why)));
        String why = floor.terms().mode() == Mode.ACCEPT ? "this version runs no trial yet" : "only `accept` runs trials";
        stage.pairs().forEach(pair -> results.add(skipped(stage, pair.pair(), why)));
        return List.copyOf(results);
    }

    private static TrialResult skipped(TrialStage stage, String pair, String why) {
        return new TrialResult(stage.item().name(), stage.item().at().toString(), pair, List.of(), List.of(), Optional.empty(), why);
    }
}
