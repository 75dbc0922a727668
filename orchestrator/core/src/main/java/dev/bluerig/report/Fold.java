package dev.bluerig.report;

import dev.bluerig.playbook.Folded;
import dev.bluerig.run.Result;
import dev.bluerig.run.RunRecord;
import java.util.ArrayList;
import java.util.List;

/// Machines to which the same happened, as one line: `dpu-[001:200]: ok`.
public record Fold(Result result, List<String> machines) {
    public Fold {
        machines = List.copyOf(machines);
    }

    /// In the order of the first machine of each.
    public static List<Fold> of(RunRecord.TaskRecord task) {
        var folds = new ArrayList<Fold>();
        Folded.byValue(task.results()).forEach((result, machines) -> folds.add(new Fold(result, machines)));
        return List.copyOf(folds);
    }

    public String names() {
        return Folded.names(machines);
    }
}
