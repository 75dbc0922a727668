package dev.bluerig.bench;

import java.util.List;
import java.util.Locale;

/// Medians and their ratios as Markdown.
final class Table {
    private Table() {}

    static String of(int machines, List<Contest.Series> series) {
        Contest.Series shell = series.getFirst();
        Contest.Series bluerig = series.getLast();
        return "| " + machines + " machines | " + shell.name() + " | " + bluerig.name() + " | ratio |\n|---|---|---|---|\n"
            + rows("first run", Figures.median(shell.first()), Figures.median(bluerig.first()))
            + rows("second run", Figures.median(shell.second()), Figures.median(bluerig.second()));
    }

    private static String rows(String run, Figures shell, Figures bluerig) {
        return row(run + ", controller CPU", shell.controller(), bluerig.controller())
            + row(run + ", managed CPU", shell.managed(), bluerig.managed())
            + row(run + ", wall", shell.wall(), bluerig.wall());
    }

    static String of(List<StartUp.Compared> all) {
        var table = new StringBuilder("| start-up | without cache | with cache | ratio |\n|---|---|---|---|\n");
        for (StartUp.Compared each : all) {
            Figures without = Figures.median(each.without());
            Figures with = Figures.median(each.with());
            table.append(row(each.name() + ", CPU", without.controller(), with.controller())).append(row(each.name() + ", wall", without.wall(), with.wall()));
        }
        return table.toString();
    }

    private static String row(String name, double base, double other) {
        return String.format(Locale.ROOT, "| %s | %.3f s | %.3f s | %.2f |%n", name, base, other, other / base);
    }
}
