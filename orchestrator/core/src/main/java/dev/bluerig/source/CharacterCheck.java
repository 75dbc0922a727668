package dev.bluerig.source;

import java.util.ArrayList;
import java.util.List;

/// Looks at every character before any parser does: what a person cannot see in an editor must not change what is done.
final class CharacterCheck {
    private static final int ENOUGH = 20;
    private static final String CHARACTER = "character ";

    private CharacterCheck() {}

    /// Control, bidirectional and invisible characters, lone surrogates, odd line ends, and tabs that indent.
    static List<Problem> check(String file, String text) {
        var problems = new ArrayList<Problem>();
        int line = 1;
        int column = 1;
        boolean indenting = true;
        for (int i = 0; i < text.length() && problems.size() < ENOUGH; ) {
            int c = text.codePointAt(i);
            var at = new Location(file, line, column);
            if (!visible(c))
                problems.add(new Problem(at, CHARACTER + name(c) + " is not allowed here; remove it, or write it as an escape in double"
                    + " quotes"));
            if (c == '\t' && indenting) problems.add(new Problem(at, "a tab indents this line; indent with spaces"));
            if (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))
                problems.add(new Problem(at, "a carriage return without a line feed; save the file with Unix line ends"));
            indenting = c == '\n' || indenting && c == ' ';
            column = c == '\n' ? 1 : column + 1;
            if (c == '\n') line++;
            i += Character.charCount(c);
        }
        return problems;
    }

    /// Only those that cannot be seen: tabs and line ends are a template's own business.
    static List<Problem> invisible(String file, String text) {
        return check(file, text).stream().filter(problem -> problem.message().startsWith(CHARACTER)).toList();
    }

    /// The same for a value that came out of escapes or of the environment: no control character but tab and line ends.
    static boolean isClean(String value) {
        return value.codePoints().allMatch(c -> c == '\n' || c == '\t' || c == '\r' || !Character.isISOControl(c));
    }

    private static boolean visible(int c) {
        if (c == '\n' || c == '\r' || c == '\t') return true;
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE,
                Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    static String name(int c) {
        String name = Character.getName(c);
        return "U+" + String.format("%04X", c) + (name == null ? "" : " (" + name + ")");
    }
}
