package dev.bluerig.bench;

import dev.bluerig.bench.Cost.Figure;
import java.util.List;
import java.util.Locale;

/// Medians and their ratios as Markdown.
final class ResultTable {
    private ResultTable() {}

    /// The first series is the floor.
    static String of(String fleet, List<Contest.Series> series) {
        var table = new StringBuilder("| ").append(fleet);
        for (Contest.Series each : series) table.append(" | ").append(each.name());
        table.append(" |\n|---").append("|---".repeat(series.size())).append("|\n");
        for (Figure figure : Figure.values()) {
            row("first run, " + figure.title(), figure, series.stream().map(Contest.Series::first).toList(), table);
            row("second run, " + figure.title(), figure, series.stream().map(Contest.Series::second).toList(), table);
        }
        return table.toString();
    }

    private static void row(String title, Figure figure, List<List<Cost>> costs, StringBuilder table) {
        double floor = figure.median(costs.getFirst());
        table.append("| ").append(title);
        for (List<Cost> each : costs) {
            double median = figure.median(each);
            table.append(String.format(Locale.ROOT, switch (figure.unit()) {
                case "s" -> " | %.3f s";
                case "MB" -> " | %.0f MB";
                default -> " | %.0f";
            }, median)).append(each == costs.getFirst() ? "" : String.format(Locale.ROOT, " (%.2f x)", median / floor));
        }
        table.append(" |\n");
    }

    static String of(List<StartUp.Compared> all) {
        var table = new StringBuilder("| start-up | without cache | with cache | ratio |\n|---|---|---|---|\n");
        for (StartUp.Compared each : all)
            for (Figure figure : List.of(Figure.CONTROLLER, Figure.WALL)) {
                double without = figure.median(each.without());
                double with = figure.median(each.with());
                table.append(String.format(Locale.ROOT, "| %s, %s | %.3f s | %.3f s | %.2f |%n", each.name(),
                    figure == Figure.WALL ? "wall" : "CPU", without, with, with / without));
            }
        return table.toString();
    }
}
