package dev.bluerig.bench;

import dev.bluerig.bench.JobComparison.Series;
import dev.bluerig.bench.Cost.Figure;
import dev.bluerig.bench.Result.Run;
import dev.bluerig.protocol.JsonValue;
import dev.bluerig.protocol.JsonValue.Fields;
import dev.bluerig.protocol.JsonValue.Real;
import dev.bluerig.protocol.JsonValue.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Results as files: `bench.md`, `bench.json` with every round, `bench.svg`.
record ResultFiles(Path directory) {
    /// `conditions`: what was measured on, and the load.
    void write(String conditions, List<Result> results) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("bench.md"),
            conditions + "\n\n" + results.stream().map(ResultTable::of).collect(Collectors.joining("\n")));
        Files.writeString(directory.resolve("bench.json"), new Fields(Map.of()).with("conditions", conditions)
            .with("results", results.stream().map(ResultFiles::json).toList()) + "\n");
        Files.writeString(directory.resolve("bench.svg"), ResultPlot.of(results));
    }

    private static Fields json(Result result) {
        var tools = new ArrayList<JsonValue>();
        for (Series each : result.series()) tools.add(tool(result, each));
        result.absent().forEach((name, why) -> tools.add(new Fields(Map.of()).with("name", name).with("absent", why)));
        return new Fields(Map.of()).with("machines", result.plan().number()).with("way", result.plan().way())
            .with("tools", tools);
    }

    private static Fields tool(Result result, Series series) {
        Fields fields = new Fields(Map.of()).with("name", series.name());
        for (Run run : Run.values()) {
            Fields figures = new Fields(Map.of());
            for (Figure figure : Figure.values())
                figures = figures.with(figure.name().toLowerCase(Locale.ROOT), new Fields(Map.of()).with("unit", new Text(figure.unit()))
                    .with("median", Result.median(series, run, figure)).with("to_floor", result.ratio(series, run, figure))
                    .with("rounds", run.of(series).stream().map(cost -> new Real(figure.of(cost))).toList()));
            fields = fields.with(run.name().toLowerCase(Locale.ROOT), figures);
        }
        return fields;
    }
}
