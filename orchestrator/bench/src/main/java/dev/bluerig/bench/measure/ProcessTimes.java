package dev.bluerig.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The processes that run now, from /proc/PID/stat (proc_pid_stat(5)): who started whom, and CPU with that of children waited for.
public record ProcessTimes(Map<Long, ProcessTime> all) {
    /// `ticks`: utime, stime, cutime and cstime, fields 14 to 17.
    public record ProcessTime(long parent, long ticks) {}

    /// USER_HZ is 100 on every architecture that Linux still supports (time(7)).
    private static final double TICKS_PER_SECOND = 100;

    public static ProcessTimes now() throws IOException {
        var all = new HashMap<Long, ProcessTime>();
        try (Stream<Path> directories = Files.list(Path.of("/proc"))) {
            for (Path directory : directories.filter(path -> Character.isDigit(path.getFileName().toString().charAt(0))).toList()) {
                try {
                    all.put(Long.valueOf(directory.getFileName().toString()),
                        parse(Files.readString(directory.resolve("stat"), java.nio.charset.StandardCharsets.ISO_8859_1)));
                } catch (IOException ended) {
                    // its parent has its figures now
                }
            }
        }
        return new ProcessTimes(all);
    }

    /// The name in parentheses may hold blanks and parentheses; what follows it starts with field 3.
    static ProcessTime parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = 14; field <= 17; field++) ticks += Long.parseLong(fields[field - 3]);
        return new ProcessTime(Long.parseLong(fields[1]), ticks);
    }

    /// The roots and everything below them.
    public Set<Long> below(Collection<Long> roots) {
        var children = new HashMap<Long, List<Long>>();
        all.forEach((pid, one) -> children.computeIfAbsent(one.parent, _ -> new ArrayList<>()).add(pid));
        var below = new HashSet<Long>();
        var open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            long pid = open.pop();
            if (all.containsKey(pid) && below.add(pid)) open.addAll(children.getOrDefault(pid, List.of()));
        }
        return below;
    }

    public double seconds(Collection<Long> pids) {
        return pids.stream().mapToLong(pid -> all.get(pid).ticks).sum() / TICKS_PER_SECOND;
    }
}
