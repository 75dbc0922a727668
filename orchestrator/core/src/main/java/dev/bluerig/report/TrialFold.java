package dev.bluerig.report;

import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.verdict.TrialTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Pairs on which a trial went the same way: figures become ranges, and of what went wrong the first pair is the example.
public record TrialFold(List<TrialResult> results) {
    /// So few that went wrong in the same way are told apart, each with its own numbers.
    private static final int MOST_APART = 4;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    public TrialFold {
        results = List.copyOf(results);
        if (results.isEmpty()) throw new IllegalArgumentException("a fold of nothing");
    }

    /// The results of one trial, in the order of the first pair of each fold.
    public static List<TrialFold> of(List<TrialResult> trial) {
        var alike = new LinkedHashMap<Shape, List<TrialResult>>();
        trial.forEach(result -> alike.computeIfAbsent(Shape.of(result), any -> new ArrayList<>()).add(result));
        return alike.values().stream().flatMap(group -> group.size() > MOST_APART || quiet(group.getFirst())
            ? List.of(new TrialFold(group)).stream() : group.stream().map(one -> new TrialFold(List.of(one)))).toList();
    }

    private static boolean quiet(TrialResult result) {
        return result.accepted() || result.skipped().isPresent();
    }

    public TrialResult first() {
        return results.getFirst();
    }

    public String names() {
        return FoldedNames.names(results.stream().map(TrialResult::pair).toList());
    }

    /// The cell at this place of every pair.
    List<Cell> cells(int position) {
        return results.stream().map(result -> result.cells().get(position)).toList();
    }

    /// What makes two results alike: all but figures and the numbers in names and addresses.
    private record Shape(TrialTerms terms, Optional<String> skipped, Optional<String> failure, List<CellShape> cells) {
        static Shape of(TrialResult result) {
            return new Shape(result.terms(), result.skipped().map(why -> masked(why.words())),
                result.failure().map(failure -> failure.code() + masked(failure.changes().toString() + failure.detail())),
                result.cells().stream().map(CellShape::of).toList());
        }
    }

    private record CellShape(int cable, Object load, List<String> verdicts, boolean flipped, List<String> misses, List<String> diagnoses,
        Optional<String> failure) {
        static CellShape of(Cell cell) {
            return new CellShape(cell.cable().number(), cell.load(),
                cell.verdicts().stream().map(verdict -> verdict.role() + " " + verdict.half() + " " + verdict.ruling()).toList(),
                cell.off().isPresent(),
                cell.misses().stream().map(unmet -> masked(unmet.what()) + " " + unmet.expected()).toList(),
                cell.diagnoses().stream().map(diagnosis -> diagnosis.code() + masked(diagnosis.machine())).toList(),
                cell.failure().map(failure -> failure.code().name()));
        }
    }

    private static String masked(String text) {
        return NUMBER.matcher(text).replaceAll("#");
    }
}
