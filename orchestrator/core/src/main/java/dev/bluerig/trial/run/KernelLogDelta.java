package dev.bluerig.trial.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lines that a kernel's log has gained, by their time stamps: `[ 1234.567890] text`. The ring may have dropped old lines meanwhile.
final class KernelLogDelta {
    private static final Pattern STAMP = Pattern.compile("\\[\\s*(\\d+\\.\\d+)].*");

    private KernelLogDelta() {}

    static List<String> between(List<String> before, List<String> after) {
        double last = before.stream().mapToDouble(KernelLogDelta::stamp).max().orElse(-1);
        return after.stream().filter(line -> stamp(line) > last || stamp(line) == last && !before.contains(line)).toList();
    }

    /// Of a line without a stamp: before everything.
    private static double stamp(String line) {
        Matcher stamp = STAMP.matcher(line);
        return stamp.matches() ? Double.parseDouble(stamp.group(1)) : -1;
    }
}
