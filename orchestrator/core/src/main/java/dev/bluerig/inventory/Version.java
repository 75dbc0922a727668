package dev.bluerig.inventory;

import java.util.Optional;
import java.util.regex.Pattern;

/// Numbers between dots, `5.9` or `24.35.1012`, compared number by number; a missing number counts as 0.
public record Version(String text) implements Comparable<Version> {
    /// More numbers than any version has; a longer text is something else.
    private static final int MOST_NUMBERS = 16;
    private static final int MOST_DIGITS = 9;

    public Version {
        if (text.isEmpty() || leadingLength(text) != text.length())
            throw new IllegalArgumentException("not a version such as 5.9 or 24.35.1012: " + text);
    }

    /// The version at the start of a longer text: `5.4.0` of `5.4.0-1054.44.g88324c5-bluefield`.
    public static Optional<Version> leading(String text) {
        int length = leadingLength(text);
        return length > 0 ? Optional.of(new Version(text.substring(0, length))) : Optional.empty();
    }

    /// Numbers of at most 9 digits between dots; 0 when the text begins with something else, or with longer numbers or more of them.
    private static int leadingLength(String text) {
        int end = 0;
        for (int numbers = 1, at = 0; ; numbers++, at = end + 1) {
            int digits = at;
            while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') digits++;
            if (digits == at) return end;
            if (digits - at > MOST_DIGITS || numbers > MOST_NUMBERS) return 0;
            end = digits;
            if (end == text.length() || text.charAt(end) != '.') return end;
        }
    }

    public boolean atLeast(Version other) {
        return compareTo(other) >= 0;
    }

    /// The first number: the device family of a firmware version (24 = BlueField-2, 32 = BlueField-3).
    public int first() {
        return numbers()[0];
    }

    @Override
    public int compareTo(Version other) {
        int[] mine = numbers();
        int[] theirs = other.numbers();
        for (int i = 0; i < Math.max(mine.length, theirs.length); i++) {
            int order = Integer.compare(i < mine.length ? mine[i] : 0, i < theirs.length ? theirs[i] : 0);
            if (order != 0) return order;
        }
        return 0;
    }

    private int[] numbers() {
        return Pattern.compile("\\.").splitAsStream(text).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public String toString() {
        return text;
    }
}
