package dev.bluerig.bench;

import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Two jobs in turns on the same machines: each first from factory state, then once more; machines put back in between.
record JobComparison(Fleet fleet, List<Job> jobs) {
    /// What one job cost in each round.
    record Series(String name, List<JobCost> first, List<JobCost> second) {}

    List<Series> run(int rounds, Runnable roundEnds) throws IOException, InterruptedException, LabFailed {
        var series = jobs.stream().map(job -> new Series(job.name(), new ArrayList<>(), new ArrayList<>())).toList();
        for (int round = 0; round < rounds; round++) {
            var ends = new ArrayList<Map<String, String>>();
            for (int i = 0; i < jobs.size(); i++) {
                fleet.reset();
                series.get(i).first.add(jobs.get(i).run(fleet, true));
                ends.add(fleet.states());
                series.get(i).second.add(jobs.get(i).run(fleet, false));
                ends.add(fleet.states());
            }
            fleet.reset();
            equal(ends);
            roundEnds.run();
        }
        return series;
    }

    /// Both did the same, or their figures must not be compared.
    private void equal(List<Map<String, String>> ends) {
        for (Map<String, String> end : ends)
            for (String machine : end.keySet())
                if (!end.get(machine).equals(ends.getFirst().get(machine)))
                    throw new IllegalStateException(machine + " ended differently:\n" + ends.getFirst().get(machine) + "\nand:\n"
                        + end.get(machine));
    }
}
