package dev.bluerig.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Numbers of cores as the kernel writes them, and as a playbook may: `0-3,8` (cpuset(7), list format).
public final class CoreList {
    private CoreList() {}

    public static List<Integer> read(String text) {
        var cores = new ArrayList<Integer>();
        for (String part : text.strip().split(",")) {
            if (part.isEmpty()) continue;
            String[] ends = part.split("-");
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) cores.add(core);
        }
        return List.copyOf(cores);
    }

    public static String write(Collection<Integer> cores) {
        var text = new StringBuilder();
        var sorted = new TreeSet<>(cores);
        for (int core : sorted) {
            if (sorted.contains(core - 1)) continue;
            int last = core;
            while (sorted.contains(last + 1)) last++;
            text.append(text.isEmpty() ? "" : ",").append(core).append(last > core ? "-" + last : "");
        }
        return text.toString();
    }
}
