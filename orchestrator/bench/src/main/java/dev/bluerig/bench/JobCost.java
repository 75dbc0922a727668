package dev.bluerig.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one run of a job cost, in seconds: elapsed, and CPU (user and system) of the controller and of all machines together.
record JobCost(double wall, double controller, double managed) {
    static JobCost median(List<JobCost> all) {
        return new JobCost(median(all, JobCost::wall), median(all, JobCost::controller), median(all, JobCost::managed));
    }

    private static double median(List<JobCost> all, ToDoubleFunction<JobCost> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
