package dev.bluerig.inventory;

/// Patterns of names as ssh has them: `*` and `?`, and every other character for itself.
public final class Wildcard {
    private Wildcard() {}

    /// Goes back to the last `*` alone, so that many of them cost no more than the product of the lengths: other people write patterns,
    /// too.
    public static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int from = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') p++;
        return p == pattern.length();
    }
}
