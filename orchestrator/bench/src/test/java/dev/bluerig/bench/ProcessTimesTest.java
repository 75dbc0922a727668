package dev.bluerig.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProcessTimesTest {
    @Test
    void reads_the_line_of_a_process_with_a_strange_name() {
        // proc_pid_stat(5), Linux 6.1; the name of the program changed
        String stat = "812 (a) b (c)) S 1 812 812 0 -1 4194560 1020 30 0 0 1 2 30 400 20 0 1 0 1500 15818752 2000 18446744073709551615"
            + " 1 1 0\n";
        assertEquals(new ProcessTimes.ProcessEntry(1, 433), ProcessTimes.parse(stat));
    }

    @Test
    void sums_a_root_and_all_below() {
        var processes =
            new ProcessTimes(Map.of(1L, new ProcessTimes.ProcessEntry(0, 1000), 10L, new ProcessTimes.ProcessEntry(1, 1),
            11L, new ProcessTimes.ProcessEntry(10, 20), 12L, new ProcessTimes.ProcessEntry(11, 300)));
        assertEquals(Set.of(10L, 11L, 12L), processes.below(List.of(10L, 99L)));
        assertEquals(3.21, processes.seconds(processes.below(List.of(10L))), 1e-9);
    }

    @Test
    void the_median_is_the_middle_or_between_the_middle_two() {
        var figures = List.of(new JobCost(3, 30, 1), new JobCost(1, 10, 1), new JobCost(2, 50, 1));
        assertEquals(new JobCost(2, 30, 1), JobCost.median(figures));
        assertEquals(new JobCost(2, 20, 1), JobCost.median(figures.subList(0, 2)));
    }
}
