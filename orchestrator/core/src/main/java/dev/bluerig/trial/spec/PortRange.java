package dev.bluerig.trial.spec;

import java.util.regex.Pattern;

/// TCP ports from one to another, such as `47000-47099`, or one alone.
public record PortRange(String text) {
    private static final Pattern SHAPE = Pattern.compile("\\d{1,5}(-\\d{1,5})?");

    public PortRange {
        if (!SHAPE.matcher(text).matches()) throw new IllegalArgumentException("ports such as 47000-47099, found " + text);
        if (first(text) < 1 || last(text) > 65535 || first(text) > last(text))
            throw new IllegalArgumentException("ports from 1 to 65535, the lower one first, found " + text);
    }

    public int first() {
        return first(text);
    }

    public int last() {
        return last(text);
    }

    private static int first(String text) {
        return Integer.parseInt(text.split("-")[0]);
    }

    private static int last(String text) {
        String[] ends = text.split("-");
        return Integer.parseInt(ends[ends.length - 1]);
    }

    @Override
    public String toString() {
        return text;
    }
}
