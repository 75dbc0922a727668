package dev.bluerig.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one run of a job cost, in seconds: elapsed, and CPU (user and system) of the controller and of all machines together.
record Figures(double wall, double controller, double managed) {
    static Figures median(List<Figures> all) {
        return new Figures(median(all, Figures::wall), median(all, Figures::controller), median(all, Figures::managed));
    }

    private static double median(List<Figures> all, ToDoubleFunction<Figures> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
