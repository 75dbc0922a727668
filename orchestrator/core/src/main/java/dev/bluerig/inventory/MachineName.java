package dev.bluerig.inventory;

import java.util.regex.Pattern;

/// The name of a machine, group or pair: safe in a file name, on a command line and in a range.
record MachineName(String text) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

    MachineName {
        if (!SHAPE.matcher(text).matches() || text.contains(".."))
            throw new IllegalArgumentException(
                "not a name (1 to 63 letters, digits, - _ . , beginning and ending with a letter or digit): " + text);
    }
}
