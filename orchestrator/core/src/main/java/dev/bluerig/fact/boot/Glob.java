package dev.bluerig.fact.boot;

/// Shell patterns as fnmatch(3) reads them: `*`, `?`, `[a-f]`, `[!x]`, and `\` before a character that stands for itself.
final class Glob {
    private final String pattern;
    private final String text;

    private Glob(String pattern, String text) {
        this.pattern = pattern;
        this.text = text;
    }

    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> "*?[\\".indexOf(c) >= 0);
    }

    static boolean matches(String pattern, String text) {
        return new Glob(pattern, text).matches();
    }

    /// Goes back to the last star alone, so the work is bounded by both lengths multiplied.
    private boolean matches() {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            int next = p < pattern.length() && pattern.charAt(p) != '*' ? single(p, text.charAt(t)) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = ++p;
                resume = t;
            } else if (next >= 0) {
                p = next;
                t++;
            } else if (star >= 0) {
                p = star;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') p++;
        return p == pattern.length();
    }

    /// Where the pattern goes on after this one character, -1 when it does not match.
    private int single(int p, char c) {
        char wanted = pattern.charAt(p);
        if (wanted == '?') return p + 1;
        if (wanted == '\\' && p + 1 < pattern.length()) return pattern.charAt(p + 1) == c ? p + 2 : -1;
        if (wanted == '[' && p + 1 < pattern.length()) return bracket(p, c);
        return wanted == c ? p + 1 : -1;
    }

    private int bracket(int p, char c) {
        boolean inverted = "!^".indexOf(pattern.charAt(p + 1)) >= 0;
        int from = p + (inverted ? 2 : 1);
        int end = pattern.indexOf(']', from + 1);
        if (end < 0) return pattern.charAt(p) == c ? p + 1 : -1;
        boolean found = false;
        for (int i = from; i < end; i++) {
            if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                found |= c >= pattern.charAt(i) && c <= pattern.charAt(i + 2);
                i += 2;
            } else {
                found |= c == pattern.charAt(i);
            }
        }
        return found == inverted ? -1 : end + 1;
    }
}
