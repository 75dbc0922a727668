package dev.bluerig.source;

import java.util.List;
import java.util.Locale;

/// Text of others as people may see it: what cannot be seen, or moves what can, is written as an escape.
///
/// A backslash with `n`, `r`, `t`, else with `u{202e}`: controls, line and paragraph separators, formats (bidi, zero-width, tags), private
/// use, what has no meaning yet, halves of pairs, blanks that look like nothing, selectors of variants, and combining marks that stand on
/// nothing or pile up. A backslash of the text itself stays as it is.
public final class VisibleText {
    /// Vietnamese needs two marks on a letter, Hebrew three; more are drawn over other lines.
    private static final int MARKS = 4;

    private VisibleText() {}

    /// A constant as people read it: `USER_SPACE` is "user space".
    public static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// All of it on one line.
    public static String of(String text) {
        int clean = 0;
        while (clean < text.length() && text.charAt(clean) >= ' ' && text.charAt(clean) < 0x7f) clean++;
        return clean == text.length() ? text : text.substring(0, clean) + escaped(text, clean);
    }

    /// A line for each of its own lines; none for blank text. Whoever shows them gives each a margin of its own.
    public static List<String> lines(String text) {
        return text.strip().lines().map(String::stripTrailing).map(VisibleText::of).toList();
    }

    private static String escaped(String text, int from) {
        var out = new StringBuilder();
        int marks = from > 0 && Character.isLetterOrDigit(text.charAt(from - 1)) ? 0 : MARKS;
        for (int i = from; i < text.length(); ) {
            int c = text.codePointAt(i);
            marks = isMark(c) ? marks + 1 : Character.isLetterOrDigit(c) ? 0 : MARKS;
            if (isVisible(c) && (!isMark(c) || marks <= MARKS)) out.appendCodePoint(c);
            else out.append(escape(c));
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /// Stands for itself wherever it is shown.
    static boolean isVisible(int c) {
        if (c >= ' ' && c < 0x7f) return true;
        if (c >= 0xfe00 && c <= 0xfe0f || c >= 0xe0100 && c <= 0xe01ef || c >= 0x180b && c <= 0x180f) return false;   // variants
        return switch (c) {
            case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0 -> false;   // drawn as nothing, whatever their type says
            default -> switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
                default -> true;
            };
        };
    }

    static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u{%02x}", c);
        };
    }
}
