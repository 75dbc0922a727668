package dev.bluerig.fact.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// `Label:  value` lines of firmware tools. A label may stand twice, a value may go on in the next line, and N/A or `--` is no value.
record Labels(List<Line> lines) {
    record Line(String label, String value) {}

    private static final Set<String> NOTHING = Set.of("", "n/a", "--", "unknown");

    static Labels parse(String text) {
        var lines = new ArrayList<Line>();
        var label = "";
        var value = new StringBuilder();
        for (String line : text.lines().toList()) {
            String content = content(line);
            int end = labelled(content);
            if (end >= 0) {
                if (!label.isEmpty()) lines.add(new Line(label, value.toString().strip()));
                label = content.substring(0, end).stripTrailing();
                value.setLength(0);
                value.append(content.substring(end + 1).strip());
            } else if (!label.isEmpty() && continues(line)) {
                value.append(' ').append(content);
            }
        }
        if (!label.isEmpty()) lines.add(new Line(label, value.toString().strip()));
        return new Labels(lines);
    }

    /// Without the `;;` before a line of `flint dc`.
    private static String content(String line) {
        String text = line.strip();
        return text.startsWith(";;") ? text.substring(2).strip() : text;
    }

    /// Where the `:` or `=` after a label is; -1 where the line has none. One look at each character.
    private static int labelled(String text) {
        if (text.isEmpty() || !isLetter(text.charAt(0))) return -1;
        for (int i = 1; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == ':' || next == '=') return i;
            if (!isLetter(next) && !(next >= '0' && next <= '9') && " _()/-\t".indexOf(next) < 0) return -1;
        }
        return -1;
    }

    private static boolean isLetter(char one) {
        return one >= 'A' && one <= 'Z' || one >= 'a' && one <= 'z';
    }

    /// Tools emit one line; terminals and mails wrap it.
    private static boolean continues(String line) {
        String text = line.strip();
        return !text.isEmpty() && !text.startsWith("-") && !text.startsWith("[") && !text.startsWith("Device #");
    }

    /// True when there is such a line, with a value or without.
    boolean names(String label) {
        return lines.stream().anyMatch(line -> line.label().equalsIgnoreCase(label));
    }

    Optional<String> first(String label) {
        return first(label, value -> true);
    }

    Optional<String> first(String label, Predicate<String> fits) {
        return lines.stream().filter(line -> line.label().equalsIgnoreCase(label)).map(Line::value)
            .filter(value -> !NOTHING.contains(value.toLowerCase(Locale.ROOT)) && fits.test(value)).findFirst();
    }
}
