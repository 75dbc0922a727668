package dev.bluerig.bench;

import dev.bluerig.bench.fleet.Fleet;
import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Entrants in turns on the same machines: each first from factory state, then once more; machines put back in between.
record Contest(Fleet fleet, List<Entrant> entrants) {
    /// What one entrant cost in each round.
    record Series(String name, List<Cost> first, List<Cost> second) {}

    List<Series> run(int rounds, Runnable roundEnds) throws IOException, InterruptedException, LabFailed {
        var series = entrants.stream().map(each -> new Series(each.name(), new ArrayList<>(), new ArrayList<>())).toList();
        Map<String, String> wanted = Map.of();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < entrants.size(); i++) {
                Entrant entrant = entrants.get((i + round) % entrants.size());
                Series own = series.get((i + round) % entrants.size());
                fleet.reset();
                own.first.add(entrant.run(fleet, true));
                own.second.add(entrant.run(fleet, false));
                Map<String, String> end = fleet.states();
                if (wanted.isEmpty()) wanted = end;
                equal(entrant.name(), wanted, end);
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
