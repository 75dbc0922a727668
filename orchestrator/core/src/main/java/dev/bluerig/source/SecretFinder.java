package dev.bluerig.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Finds secrets inside other text, in every spelling, and puts `***` in their place. The work grows with the text, not with the secrets.
public final class SecretFinder {
    /// Shorter texts occur by chance everywhere; hiding them would garble reports and hide nothing.
    public static final int LEAST = 4;
    /// A secret of many lines is printed line by line; shorter lines tell nothing.
    private static final int LEAST_LINE = 8;
    /// No word of ours is longer.
    private static final int WORD = 80;

    /// How texts of ours that were shortened end, or begin.
    private static final String CUT = "...";

    private final Map<Long, List<String>> byBeginning = new HashMap<>();
    /// What is left of a secret whose beginning was cut off.
    private final Map<Long, List<String>> ends = new HashMap<>();
    private final Predicate<String> ours;

    /// `ours`: words that stay, whatever is hidden: a secret that is part of one is no secret there.
    public SecretFinder(Collection<Secret> secrets, Predicate<String> ours) {
        this.ours = ours;
        Set<String> all = new HashSet<>();
        secrets.forEach(secret -> texts(secret.reveal()).forEach(text -> all.addAll(SecretSpellings.of(text))));
        for (String one : all) {
            if (one.length() >= LEAST) byBeginning.computeIfAbsent(beginning(one, 0), any -> new ArrayList<>()).add(one);
            for (int from = 1; from + LEAST <= one.length(); from++)
                ends.computeIfAbsent(beginning(one, from), any -> new ArrayList<>()).add(one.substring(from));
        }
    }

    private static List<String> texts(String secret) {
        if (secret.strip().length() < LEAST) return List.of();
        var texts = new ArrayList<>(List.of(secret));
        if (secret.strip().contains("\n"))
            secret.lines().map(String::strip).filter(line -> line.length() >= LEAST_LINE && !line.startsWith("-----")).forEach(texts::add);
        return texts;
    }

    private static long beginning(String text, int at) {
        long all = 0;
        for (int i = at; i < at + LEAST; i++) all = all << 16 | text.charAt(i);
        return all;
    }

    public boolean isEmpty() {
        return byBeginning.isEmpty();
    }

    /// Secrets that overlap become one `***`, so that no end of one is left.
    public String of(String text) {
        if (isEmpty()) return text;
        var out = new StringBuilder();
        int kept = 0;
        int end = -1;
        int cut = text.indexOf(CUT);
        for (int i = 0; i + LEAST <= text.length(); i++) {
            if (cut >= 0 && cut < i) cut = text.indexOf(CUT, i);
            int to = Math.max(end(text, i), Math.max(untilCut(text, i, cut), afterCut(text, i)));
            if (to < 0) continue;
            if (i > end) {
                out.append(text, kept, i).append("***");
            }
            end = Math.max(end, to);
            kept = end;
        }
        return kept == 0 ? text : out.append(text, kept, text.length()).toString();
    }

    /// Where the longest secret that begins here ends, or -1.
    private int end(String text, int at) {
        int end = -1;
        for (String one : byBeginning.getOrDefault(beginning(text, at), List.of()))
            if (text.startsWith(one, at) && at + one.length() > end && !isOurs(text, at, at + one.length())) end = at + one.length();
        return end;
    }

    /// The beginning of a secret that was cut off before its end; `cut`: where the text was next shortened, or -1.
    private int untilCut(String text, int at, int cut) {
        if (cut - at < LEAST) return -1;
        return byBeginning.getOrDefault(beginning(text, at), List.of()).stream()
            .anyMatch(one -> one.length() > cut - at && one.regionMatches(0, text, at, cut - at)) ? cut : -1;
    }

    private int afterCut(String text, int at) {
        if (!text.startsWith(CUT, at - CUT.length())) return -1;
        return ends.getOrDefault(beginning(text, at), List.of()).stream().filter(rest -> text.startsWith(rest, at))
            .mapToInt(rest -> at + rest.length()).max().orElse(-1);
    }

    private boolean isOurs(String text, int from, int to) {
        int start = from;
        while (start > 0 && from - start < WORD && isOfWord(text.charAt(start - 1))) start--;
        int end = to;
        while (end < text.length() && end - to < WORD && isOfWord(text.charAt(end))) end++;
        return ours.test(text.substring(start, end).replaceFirst("[.-]+$", ""));
    }

    private static boolean isOfWord(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }
}
