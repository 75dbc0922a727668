package dev.bluerig.bench;

import java.util.List;
import java.util.Locale;

/// Medians and their ratios as Markdown.
final class ResultTable {
    private ResultTable() {}

    static String of(int machines, List<JobComparison.Series> series) {
        JobComparison.Series shell = series.getFirst();
        JobComparison.Series bluerig = series.getLast();
        return "| " + machines + " machines | " + shell.name() + " | " + bluerig.name() + " | ratio |\n|---|---|---|---|\n"
            + rows("first run", JobCost.median(shell.first()), JobCost.median(bluerig.first()))
            + rows("second run", JobCost.median(shell.second()), JobCost.median(bluerig.second()));
    }

    private static String rows(String run, JobCost shell, JobCost bluerig) {
        return row(run + ", controller CPU", shell.controller(), bluerig.controller())
            + row(run + ", managed CPU", shell.managed(), bluerig.managed())
            + row(run + ", wall", shell.wall(), bluerig.wall());
    }

    static String of(List<StartUp.Compared> all) {
        var table = new StringBuilder("| start-up | without cache | with cache | ratio |\n|---|---|---|---|\n");
        for (StartUp.Compared each : all) {
            JobCost without = JobCost.median(each.without());
            JobCost with = JobCost.median(each.with());
            table.append(row(each.name() + ", CPU", without.controller(), with.controller()))
                .append(row(each.name() + ", wall", without.wall(), with.wall()));
        }
        return table.toString();
    }

    private static String row(String name, double base, double other) {
        return String.format(Locale.ROOT, "| %s | %.3f s | %.3f s | %.2f |%n", name, base, other, other / base);
    }
}
