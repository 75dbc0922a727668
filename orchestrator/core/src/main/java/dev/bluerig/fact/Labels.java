package dev.bluerig.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `Label:  value` lines of firmware tools. A label may stand twice, a value may go on in the next line, and N/A or `--` is no value.
record Labels(List<Line> lines) {
    record Line(String label, String value) {}

    private static final Pattern LINE = Pattern.compile("^\\s*(?:;;)?\\s*([A-Za-z][A-Za-z0-9 _()/-]*?)\\s*[:=]\\s*(.*?)\\s*$");
    private static final Set<String> NOTHING = Set.of("", "n/a", "--", "unknown");

    static Labels parse(String text) {
        var lines = new ArrayList<Line>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) lines.add(new Line(matcher.group(1), matcher.group(2)));
            else if (!lines.isEmpty() && continues(line)) {
                Line last = lines.removeLast();
                lines.add(new Line(last.label(), (last.value() + " " + line.replaceFirst("^\\s*;;", "").strip()).strip()));
            }
        }
        return new Labels(lines);
    }

    /// Tools emit one line; terminals and mails wrap it.
    private static boolean continues(String line) {
        String text = line.strip();
        return !text.isEmpty() && !text.startsWith("-") && !text.startsWith("[") && !text.startsWith("Device #");
    }

    Optional<String> first(String label) {
        return first(label, value -> true);
    }

    Optional<String> first(String label, Predicate<String> fits) {
        return lines.stream().filter(line -> line.label().equalsIgnoreCase(label)).map(Line::value)
            .filter(value -> !NOTHING.contains(value.toLowerCase(Locale.ROOT)) && fits.test(value)).findFirst();
    }
}
