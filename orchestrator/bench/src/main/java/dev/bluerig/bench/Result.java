package dev.bluerig.bench;

import dev.bluerig.bench.Cost.Figure;
import dev.bluerig.bench.JobComparison.Series;
import dev.bluerig.bench.fleet.FleetPlan;
import dev.bluerig.bench.measure.Median;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What the tools cost on one fleet; the first of them is the floor. `absent`: peers that are not in it, and why.
record Result(FleetPlan plan, List<Series> series, Map<String, String> absent) {
    Result {
        series = List.copyOf(series);
    }

    /// From factory state, or once more.
    enum Run {
        FIRST, SECOND;

        List<Cost> of(Series series) {
            return switch (this) {
                case FIRST -> series.first();
                case SECOND -> series.second();
            };
        }

        String title() {
            return switch (this) {
                case FIRST -> "first run";
                case SECOND -> "second run";
            };
        }
    }

    static double median(Series series, Run run, Figure figure) {
        return Median.of(run.of(series).stream().mapToDouble(figure::of));
    }

    /// The median over the rounds of the ratio to the floor in the same round.
    double ratio(Series one, Run run, Figure figure) {
        List<Cost> floor = run.of(series.getFirst());
        List<Cost> costs = run.of(one);
        return Median.of(IntStream.range(0, costs.size()).mapToDouble(round -> figure.of(costs.get(round)) / figure.of(floor.get(round))));
    }
}
