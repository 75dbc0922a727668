package dev.bluerig.bench;

import dev.bluerig.bench.JobComparison.Series;
import dev.bluerig.bench.Cost.Figure;
import dev.bluerig.bench.Result.Run;
import java.util.List;
import java.util.Locale;

/// Ratios to the floor as bars in a drawing (SVG 1.1), on a logarithmic scale, because peers lie two powers of ten apart.
final class ResultPlot {
    private static final List<Figure> SHOWN = List.of(Figure.CONTROLLER, Figure.MANAGED, Figure.WALL);
    private static final List<String> COLOURS = List.of("#777777", "#0b6e4f", "#4477aa", "#cc6677", "#ddaa33");
    private static final int LEFT = 330;
    private static final int WIDTH = 560;
    private static final int BAR = 14;
    /// From a tenth of the floor to five hundred times it.
    private static final double LEAST = 0.1;
    private static final double MOST = 500;

    private final StringBuilder bars = new StringBuilder();
    private int top = 30;

    static String of(List<Result> results) {
        var plot = new ResultPlot();
        for (Result result : results)
            for (Figure figure : SHOWN)
                for (Run run : Run.values()) plot.group(result, run, figure);
        return plot.drawing();
    }

    private void group(Result result, Run run, Figure figure) {
        text(8, top + BAR - 3, "#000000", result.plan().number() + " machines, " + run.title() + ", " + figure.title());
        for (int i = 1; i < result.series().size(); i++) {
            Series each = result.series().get(i);
            double ratio = result.ratio(each, run, figure);
            double end = x(ratio);
            String colour = COLOURS.get(i % COLOURS.size());
            bars.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                Math.min(x(1), end), top, Math.max(1, Math.abs(end - x(1))), BAR - 2, colour));
            text(Math.max(x(1), end) + 4, top + BAR - 3, colour, String.format(Locale.ROOT, "%s %.2f", each.name(), ratio));
            top += BAR;
        }
        top += BAR / 2;
    }

    private static double x(double ratio) {
        double part = Math.log(Math.clamp(ratio, LEAST, MOST) / LEAST) / Math.log(MOST / LEAST);
        return LEFT + WIDTH * part;
    }

    private void text(double x, int y, String colour, String text) {
        bars.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" fill=\"%s\">%s</text>%n", x, y, colour,
            text.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private String drawing() {
        int height = top + 10;
        var grid = new StringBuilder();
        for (double ratio : new double[] {0.1, 1, 10, 100})
            grid.append(String.format(Locale.ROOT, "<path d=\"M%.1f 22V%d\" stroke=\"%s\"/><text x=\"%.1f\" y=\"16\">%s</text>%n",
                x(ratio), height, ratio == 1 ? "#000000" : "#dddddd", x(ratio),
                ratio == 1 ? "1 x the floor" : String.format(Locale.ROOT, "%.1f", ratio)));
        return String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
            + " font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n", LEFT + WIDTH + 160, height) + grid + bars
            + "</svg>\n";
    }
}
