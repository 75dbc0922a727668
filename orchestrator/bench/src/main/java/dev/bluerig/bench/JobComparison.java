package dev.bluerig.bench;

import dev.bluerig.bench.fleet.Fleet;
import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// ComparedTools in turns on the same machines: each first from factory state, then once more; machines put back in between.
record JobComparison(Fleet fleet, List<ComparedTool> tools) {
    /// What one tool cost in each round.
    record Series(String name, List<Cost> first, List<Cost> second) {}

    List<Series> run(int rounds, Runnable roundEnds) throws IOException, InterruptedException, LabFailed {
        var series = tools.stream().map(each -> new Series(each.name(), new ArrayList<>(), new ArrayList<>())).toList();
        Map<String, String> wanted = Map.of();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < tools.size(); i++) {
                ComparedTool tool = tools.get((i + round) % tools.size());
                Series own = series.get((i + round) % tools.size());
                fleet.reset();
                own.first.add(tool.run(fleet, true));
                own.second.add(tool.run(fleet, false));
                Map<String, String> end = fleet.states();
                if (wanted.isEmpty()) wanted = end;
                equal(tool.name(), wanted, end);
            }
            roundEnds.run();
        }
        fleet.reset();
        return series;
    }

    /// All did the same, or their figures must not be compared.
    private static void equal(String name, Map<String, String> wanted, Map<String, String> end) {
        for (String machine : wanted.keySet())
            if (!wanted.get(machine).equals(end.get(machine)))
                throw new IllegalStateException(machine + " ended differently with " + name + ":\n"
                    + only(end.get(machine), wanted.get(machine))
                    + "where it had been:\n" + only(wanted.get(machine), end.get(machine)));
    }

    private static String only(String text, String other) {
        List<String> known = other.lines().toList();
        return text.lines().filter(line -> !known.contains(line)).map(line -> line + "\n").collect(Collectors.joining());
    }
}
