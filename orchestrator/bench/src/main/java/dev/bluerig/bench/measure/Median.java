package dev.bluerig.bench.measure;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/// The middle of some figures, or what lies between the middle two.
public final class Median {
    private Median() {}

    public static double of(DoubleStream figures) {
        double[] sorted = figures.toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
