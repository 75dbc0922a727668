package dev.bluerig.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.bench.measure.ProcessTimes.ProcessTime;
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
        assertEquals(new ProcessTime(1, 433), ProcessTimes.parse(stat));
    }

    @Test
    void sums_a_root_and_all_below() {
        var processes =
            new ProcessTimes(Map.of(1L, new ProcessTime(0, 1000), 10L, new ProcessTime(1, 1), 11L, new ProcessTime(10, 20),
            12L, new ProcessTime(11, 300)));
        assertEquals(Set.of(10L, 11L, 12L), processes.below(List.of(10L, 99L)));
        assertEquals(3.21, processes.seconds(processes.below(List.of(10L))), 1e-9);
    }
}
