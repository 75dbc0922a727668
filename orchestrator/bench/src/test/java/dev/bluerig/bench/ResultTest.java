package dev.bluerig.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.bench.JobComparison.Series;
import dev.bluerig.bench.Cost.Figure;
import dev.bluerig.bench.Result.Run;
import dev.bluerig.bench.fleet.FleetPlan;
import dev.bluerig.bench.fleet.Way;
import dev.bluerig.bench.measure.Median;
import dev.bluerig.protocol.JsonReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

final class ResultTest {
    private static final Result RESULT = new Result(new FleetPlan(4, Way.DIRECT),
        List.of(series("ssh", 2, 4, 3), series("bluerig", 6, 4, 6)), Map.of("ansible", "not installed"));

    private static Series series(String name, double... seconds) {
        List<Cost> costs = DoubleStream.of(seconds).mapToObj(each -> new Cost(each, each, each, 10, 4, 4)).toList();
        return new Series(name, costs, costs);
    }

    @Test
    void the_median_is_the_middle_or_between_the_middle_two() {
        assertEquals(2, Median.of(DoubleStream.of(3, 1, 2)));
        assertEquals(2.5, Median.of(DoubleStream.of(4, 1, 2, 3)));
    }

    @Test
    void a_ratio_is_the_median_of_the_ratios_of_each_round() {
        assertEquals(2, RESULT.ratio(RESULT.series().getLast(), Run.FIRST, Figure.CONTROLLER)); // 3, 1, 2
        assertTrue(ResultTable.of(RESULT).contains("| first run, controller CPU | 3.000 s | 6.000 s, **2.00** | not installed |"),
            ResultTable.of(RESULT));
    }

    @Test
    void files_are_what_they_say(@TempDir Path directory) throws Exception {
        new ResultFiles(directory).write("a <quiet> machine", List.of(RESULT));
        assertTrue(Files.readString(directory.resolve("bench.md")).startsWith("a <quiet> machine"));
        assertTrue(JsonReader.read(Files.readString(directory.resolve("bench.json")).strip()).toString().contains("\"to_floor\":2"));
        DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(directory.resolve("bench.svg")))));
    }
}
