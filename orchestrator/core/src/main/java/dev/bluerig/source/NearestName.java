package dev.bluerig.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known name that a mistyped one was probably meant to be.
public final class NearestName {
    private NearestName() {}

    /// Empty when nothing is close: more than a third of the letters would have to change.
    public static Optional<String> to(String written, Collection<String> known) {
        int most = Math.max(1, Math.max(written.length(), 4) / 3);
        return known.stream().distinct()
            .filter(name -> distance(written, name) <= most)
            .min(Comparator.<String>comparingInt(name -> distance(written, name)).thenComparing(Comparator.naturalOrder()));
    }

    /// For the end of a message: `; did you mean ...?`, or all known names when none is near and they are few.
    public static String hint(String written, Collection<String> known) {
        Optional<String> near = to(written, known);
        if (near.isPresent()) return "; did you mean `" + near.get() + "`?";
        return known.isEmpty() || known.size() > 30 ? "" : "; known: " + String.join(", ", known);
    }

    /// Insertions, deletions, replacements and swaps of neighbours; case and `-` for `_` count nothing.
    static int distance(String a, String b) {
        String s = a.toLowerCase(Locale.ROOT).replace('-', '_');
        String t = b.toLowerCase(Locale.ROOT).replace('-', '_');
        int[][] d = new int[s.length() + 1][t.length() + 1];
        for (int i = 0; i <= s.length(); i++) d[i][0] = i;
        for (int j = 0; j <= t.length(); j++) d[0][j] = j;
        for (int i = 1; i <= s.length(); i++) {
            for (int j = 1; j <= t.length(); j++) {
                int replace = d[i - 1][j - 1] + (s.charAt(i - 1) == t.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped = i > 1 && j > 1 && s.charAt(i - 1) == t.charAt(j - 2) && s.charAt(i - 2) == t.charAt(j - 1);
                if (swapped) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
        return d[s.length()][t.length()];
    }
}
