package dev.bluerig.fact;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Paths that are there, with what a symbolic link points to: `SIZE:TARGET:PATH` a line.
public record PathListing(Map<String, String> targets, Set<String> empty) {
    private static final Pattern LINE = Pattern.compile("(\\d+):([^:]*):(/.*)");

    public static PathListing parse(String text) {
        var targets = new TreeMap<String, String>();
        var empty = new TreeSet<String>();
        for (String line : text.lines().toList()) {
            Matcher fields = LINE.matcher(line);
            if (!fields.matches()) continue;
            targets.put(fields.group(3), fields.group(2));
            if (fields.group(1).equals("0") || fields.group(2).equals("/dev/null")) empty.add(fields.group(3));
        }
        return new PathListing(Collections.unmodifiableMap(targets), Collections.unmodifiableSet(empty));
    }

    public Set<String> paths() {
        return targets.keySet();
    }
}
