package dev.bluerig.report;

import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Machines to which the same happened, as one line: `dpu-[001:200]: ok`.
public record FoldedResults(TaskResult result, List<String> machines) {
    public FoldedResults {
        machines = List.copyOf(machines);
    }

    /// So many results that differ in what is a machine's own alone are shown apart; more become one, with the first machine's as an
    /// example.
    private static final int MOST_ALIKE = 4;
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(/\\d+)?|[0-9a-fA-F:]*::[0-9a-fA-F:]*(/\\d+)?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?");
    /// How the note of a task begins that waits for another machine.
    private static final Pattern WAITED_FOR = Pattern.compile("^[A-Za-z0-9_.-]+: ");
    private static final Pattern KEY = Pattern.compile("SHA256:[A-Za-z0-9+/=]+|(?<=[0-9\\]]:)[0-9]{1,5}(?![0-9])");

    /// In the order of the first machine of each; what is alike stands together.
    public static List<FoldedResults> of(RunRecord.TaskRecord task) {
        var alike = new LinkedHashMap<TaskResult, List<FoldedResults>>();
        FoldedNames.byValue(task.results()).forEach((result, machines) ->
            alike.computeIfAbsent(withoutOwn(result, machines.getFirst(), task.results().keySet()), any -> new ArrayList<>())
            .add(new FoldedResults(result, machines)));
        var folds = new ArrayList<FoldedResults>();
        alike.values().forEach(variants -> {
            if (variants.size() <= MOST_ALIKE) folds.addAll(variants);
            else folds.add(one(variants, task));
        });
        return List.copyOf(folds);
    }

    /// What is left when everything that is a machine's own is taken out. Of a failure these are its name, names with its number (its host,
    /// its DPU) and what its key is, too.
    /// The same holds for machines that the play has, and for the one that a task waits for.
    private static TaskResult withoutOwn(TaskResult result, String machine, Set<String> machines) {
        UnaryOperator<String> mask = result.failure().isPresent()
            ? text -> masked(KEY.matcher(own(others(text, machines), machine)).replaceAll("KEY")) : FoldedResults::masked;
        String note = result.outcome() == OutcomeStatus.SKIPPED ? WAITED_FOR.matcher(result.note()).replaceFirst("MACHINE: ")
            : result.note();
        return new TaskResult(result.outcome(), mask.apply(note), result.provisional(), result.acted(),
            changes(result.changes(), mask), List.of(), result.failure().map(failure ->
            new Failure(failure.code(), failure.meaning(), changes(failure.changes(), mask), mask.apply(failure.detail()),
            mask.apply(failure.next()))));
    }

    private static List<Change> changes(List<Change> changes, UnaryOperator<String> mask) {
        return changes.stream()
            .map(change -> new Change(mask.apply(change.what()), mask.apply(change.expected()), mask.apply(change.found()), change.when()))
            .toList();
    }

    private static String others(String text, Set<String> machines) {
        return WORD.matcher(text).replaceAll(word -> machines.contains(word.group()) ? "MACHINE" : Matcher.quoteReplacement(word.group()));
    }

    private static String own(String text, String machine) {
        String number = machine.replaceFirst(".*?([0-9]*)$", "$1");
        String named = text.replaceAll("(?<![A-Za-z0-9_.-])" + Pattern.quote(machine) + "(?![A-Za-z0-9_-])", "MACHINE");
        return number.isEmpty() ? named : named.replaceAll("(?<=[A-Za-z][_.-]?)" + number + "(?![0-9A-Za-z])", "N");
    }

    private static String masked(String text) {
        return ADDRESS.matcher(text).replaceAll("ADDRESS");
    }

    private static FoldedResults one(List<FoldedResults> variants, RunRecord.TaskRecord task) {
        var machines = variants.stream().flatMap(variant -> variant.machines.stream()).collect(Collectors.toSet());
        TaskResult first = variants.getFirst().result;
        String example = " [" + variants.getFirst().machines.getFirst() + "; each machine its own]";
        TaskResult result = new TaskResult(first.outcome(), told(first.note(), variants, TaskResult::note, example), first.provisional(),
            first.acted(), changes(first.changes(), variants, TaskResult::changes, example), first.commands(),
            first.failure().map(failure -> failure(failure, variants, example)));
        return new FoldedResults(result, task.results().keySet().stream().filter(machines::contains).toList());
    }

    private static Failure failure(Failure first, List<FoldedResults> variants, String example) {
        return new Failure(first.code(), first.meaning(),
            changes(first.changes(), variants, result -> result.failure().orElseThrow().changes(), example),
            told(first.detail(), variants, result -> result.failure().orElseThrow().detail(), example),
            told(first.next(), variants, result -> result.failure().orElseThrow().next(), example));
    }

    private static String told(String first, List<FoldedResults> variants, Function<TaskResult, String> of, String example) {
        return variants.stream().allMatch(variant -> of.apply(variant.result).equals(first)) ? first : first + example;
    }

    private static List<Change> changes(List<Change> first, List<FoldedResults> variants, Function<TaskResult, List<Change>> of,
        String example) {
        var changes = new ArrayList<Change>();
        for (int i = 0; i < first.size(); i++) {
            int at = i;
            Change change = first.get(i);
            boolean same = variants.stream().allMatch(variant -> of.apply(variant.result).get(at).equals(change));
            changes.add(same ? change : new Change(change.what() + example, change.expected(), change.found(), change.when()));
        }
        return changes;
    }

    public String names() {
        return FoldedNames.names(machines);
    }
}
