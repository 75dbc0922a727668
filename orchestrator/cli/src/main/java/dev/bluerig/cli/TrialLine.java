package dev.bluerig.cli;

import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.run.TrialStep;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the live line says while pairs are in a trial.
final class TrialLine {
    private TrialLine() {}

    /// One pair with its cable and its seconds, many with what they do and their throughput together.
    static String of(String trial, Map<String, TrialStep> pairs) {
        if (pairs.size() == 1)
            return trial + ": " + pairs.entrySet().stream().map(each -> each.getKey() + ": " + alone(each.getValue()))
                .collect(Collectors.joining());
        var doing = pairs.values().stream().collect(Collectors.groupingBy(TrialStep::doing, TreeMap::new, Collectors.counting()));
        return trial + ": " + pairs.size() + " pairs: "
            + Stream.concat(cells(pairs), doing.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()))
            .collect(Collectors.joining(", ")) + rate(pairs.values().stream().mapToDouble(TrialStep::gigabits).sum());
    }

    private static String alone(TrialStep step) {
        String cell = step.cell() == 0 ? "" : "cell " + step.cell() + " of " + step.cells()
            + step.cable().map(cable -> ", cable " + cable.number()).orElse("") + ", ";
        return cell + step.doing() + (step.seconds() > 0 ? " " + Math.round(step.seconds()) + " s" : "") + rate(step.gigabits());
    }

    /// The pairs need not be at the same cell.
    private static Stream<String> cells(Map<String, TrialStep> pairs) {
        var of = pairs.values().stream().mapToInt(TrialStep::cells).max().orElse(0);
        if (of == 0) return Stream.empty();
        var at = pairs.values().stream().mapToInt(TrialStep::cell).summaryStatistics();
        return Stream.of("cell " + (at.getMin() == at.getMax() ? "" : at.getMin() + " to ") + at.getMax() + " of " + of);
    }

    private static String rate(double gigabits) {
        return gigabits > 0 ? ", " + FigureText.number(gigabits) + " Gbit/s" : "";
    }
}
