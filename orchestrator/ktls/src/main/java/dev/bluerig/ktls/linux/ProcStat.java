package dev.bluerig.ktls.linux;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// /proc/stat (proc_stat(5)): `cpuN user nice system idle iowait irq softirq steal guest guest_nice`, in clock ticks. Guests are counted in
/// user and nice.
final class ProcStat {
    private static final Pattern CORE = Pattern.compile("cpu(\\d+) +(\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+).*");

    private ProcStat() {}

    /// Seconds in user, nice, system, irq and softirq of each core; 0 for numbers between that are off line. What the hypervisor took
    /// (steal) was not this machine's work.
    static List<Double> busy(List<String> lines, long ticksPerSecond) {
        SortedMap<Integer, Double> cores = new TreeMap<>();
        for (String line : lines) {
            Matcher core = CORE.matcher(line);
            if (core.matches()) cores.put(Integer.parseInt(core.group(1)), ticks(core) / (double) ticksPerSecond);
        }
        return cores.isEmpty() ? List.of() : IntStream.rangeClosed(0, cores.lastKey()).mapToObj(number -> cores.getOrDefault(number, 0.0))
            .toList();
    }

    private static long ticks(Matcher core) {
        return IntStream.of(2, 3, 4, 7, 8).mapToLong(field -> Long.parseLong(core.group(field))).sum();
    }
}
