package dev.bluerig.bench;

import dev.bluerig.bench.Contest.Series;
import dev.bluerig.bench.Cost.Figure;
import dev.bluerig.bench.Result.Run;
import java.util.List;
import java.util.Locale;

/// Medians and their ratios as Markdown.
final class ResultTable {
    private ResultTable() {}

    static String of(Result result) {
        var table = new StringBuilder("| ").append(result.plan().number()).append(" machines");
        for (Series each : result.series()) table.append(" | ").append(each.name());
        for (String name : result.absent().keySet()) table.append(" | ").append(name);
        table.append(" |\n|---").append("|---".repeat(result.series().size() + result.absent().size())).append("|\n");
        for (Figure figure : Figure.values())
            for (Run run : Run.values()) row(result, run, figure, table);
        return table.toString();
    }

    private static void row(Result result, Run run, Figure figure, StringBuilder table) {
        table.append("| ").append(run.title()).append(", ").append(figure.title());
        for (Series each : result.series()) {
            table.append(String.format(Locale.ROOT, switch (figure.unit()) {
                case "s" -> " | %.3f s";
                case "MB" -> " | %.0f MB";
                default -> " | %.0f";
            }, Result.median(each, run, figure)));
            if (each != result.series().getFirst()) table.append(String.format(Locale.ROOT, ", **%.2f**", result.ratio(each, run, figure)));
        }
        for (String why : result.absent().values()) table.append(" | ").append(why);
        table.append(" |\n");
    }

    static String of(List<StartUp.Compared> all) {
        var table = new StringBuilder("| start-up | without cache | with cache | ratio |\n|---|---|---|---|\n");
        for (StartUp.Compared each : all)
            for (Figure figure : List.of(Figure.CONTROLLER, Figure.WALL)) {
                double without = Result.middle(each.without().stream().mapToDouble(figure::of));
                double with = Result.middle(each.with().stream().mapToDouble(figure::of));
                table.append(String.format(Locale.ROOT, "| %s, %s | %.3f s | %.3f s | %.2f |%n", each.name(),
                    figure == Figure.WALL ? "wall" : "CPU", without, with, with / without));
            }
        return table.toString();
    }
}
