package dev.bluerig.inventory;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers between dots, `5.9` or `24.35.1012`, compared number by number; a missing number counts as 0.
public record Version(String text) implements Comparable<Version> {
    private static final Pattern SHAPE = Pattern.compile("\\d{1,9}(\\.\\d{1,9})*");
    private static final Pattern LEADING = Pattern.compile("^" + SHAPE);

    public Version {
        if (!SHAPE.matcher(text).matches()) throw new IllegalArgumentException("not a version such as 5.9 or 24.35.1012: " + text);
    }

    /// The version at the start of a longer text: `5.4.0` of `5.4.0-1054.44.g88324c5-bluefield`.
    public static Optional<Version> leading(String text) {
        Matcher leading = LEADING.matcher(text);
        return leading.find() ? Optional.of(new Version(leading.group())) : Optional.empty();
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
