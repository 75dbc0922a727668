package dev.bluerig.report;

import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.task.diff.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Machines to which the same happened, as one line: `dpu-[001:200]: ok`.
public record FoldedResults(TaskResult result, List<String> machines) {
    public FoldedResults {
        machines = List.copyOf(machines);
    }

    /// So many results that differ in addresses alone are shown apart; more become one, with the first machine's as an example.
    private static final int MOST_ALIKE = 4;
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(/\\d+)?|[0-9a-fA-F:]*::[0-9a-fA-F:]*(/\\d+)?");

    /// In the order of the first machine of each; what is alike stands together.
    public static List<FoldedResults> of(RunRecord.TaskRecord task) {
        var alike = new LinkedHashMap<TaskResult, List<FoldedResults>>();
        FoldedNames.byValue(task.results()).forEach((result, machines) ->
            alike.computeIfAbsent(withoutAddresses(result), any -> new ArrayList<>()).add(new FoldedResults(result, machines)));
        var folds = new ArrayList<FoldedResults>();
        alike.values().forEach(variants -> {
            if (variants.size() <= MOST_ALIKE) folds.addAll(variants);
            else folds.add(one(variants, task));
        });
        return List.copyOf(folds);
    }

    /// Failures stay apart: every one is worth its lines.
    private static TaskResult withoutAddresses(TaskResult result) {
        if (result.failure().isPresent()) return result;
        var changes = result.changes().stream().map(change -> new Change(masked(change.what()), masked(change.expected()), masked(change.found()))).toList();
        return new TaskResult(result.outcome(), result.note(), result.provisional(), result.acted(), changes, List.of(), result.failure());
    }

    private static String masked(String text) {
        return ADDRESS.matcher(text).replaceAll("ADDRESS");
    }

    private static FoldedResults one(List<FoldedResults> variants, RunRecord.TaskRecord task) {
        var machines = variants.stream().flatMap(variant -> variant.machines.stream()).collect(Collectors.toSet());
        FoldedResults first = variants.getFirst();
        var changes = new ArrayList<Change>();
        for (int i = 0; i < first.result.changes().size(); i++) {
            int at = i;
            Change change = first.result.changes().get(i);
            boolean same = variants.stream().allMatch(variant -> variant.result.changes().get(at).equals(change));
            changes.add(same ? change : new Change(change.what() + " [" + first.machines.getFirst() + "; each machine its own]", change.expected(), change.found()));
        }
        TaskResult result = first.result;
        return new FoldedResults(new TaskResult(result.outcome(), result.note(), result.provisional(), result.acted(), changes, result.commands(), result.failure()),
            task.results().keySet().stream().filter(machines::contains).toList());
    }

    public String names() {
        return FoldedNames.names(machines);
    }
}
