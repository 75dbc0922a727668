package dev.bluerig.bench;

import dev.bluerig.bench.JobComparison.Series;
import dev.bluerig.bench.Cost.Figure;
import dev.bluerig.bench.Result.Run;
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
}
