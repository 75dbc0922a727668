package dev.bluerig.bench.path;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// All programs in turn, over and over.
record PathComparison(Path directory, List<TransferProgram> programs, long bytes) {
    /// CPU seconds of both ends per gigabyte (10^9), a round each.
    record Series(String name, List<Double> figures) {}

    List<Series> run(int rounds, Runnable afterRound) throws IOException, InterruptedException {
        List<Series> all = programs.stream().map(program -> new Series(program.name(), new ArrayList<>())).toList();
        for (int round = 0; round < rounds; round++) {
            for (int index = 0; index < programs.size(); index++)
                all.get(index).figures().add(new LoopTransfer(directory, programs.get(index)).run(bytes));
            afterRound.run();
        }
        return all;
    }

    /// Medians, and the median over the rounds of the ratio to the first program of the same round.
    static String table(List<Series> all) {
        var table = new StringBuilder("| program | CPU seconds per gigabyte, both ends | least .. most | to " + all.getFirst().name()
            + " |\n|---|---|---|---|\n");
        for (Series each : all) {
            List<Double> ratios = IntStream.range(0, each.figures().size())
                .mapToObj(round -> each.figures().get(round) / all.getFirst().figures().get(round)).toList();
            List<Double> sorted = each.figures().stream().sorted().toList();
            table.append(String.format(Locale.ROOT, "| %s | %.3f | %.3f .. %.3f | %.2f |%n", each.name(), median(sorted),
                sorted.getFirst(), sorted.getLast(), median(ratios)));
        }
        return table.toString();
    }

    static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
