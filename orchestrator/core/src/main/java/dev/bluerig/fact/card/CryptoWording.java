package dev.bluerig.fact.card;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// How product descriptions speak of crypto. Only what is worded as enabled is enabled, and every negation counts:
///
/// | clause (between `;` and `,`) | state |
/// |---|---|
/// | `Crypto Enabled`, `Crypto and Secure Boot Enabled`, `Crypto: enabled` | enabled |
/// | `Crypto Disabled`, `Crypto not enabled`, `Crypto not yet enabled`, `Crypto Enabled: No`, `Crypto: none`, `Crypto not supported`, `No IPsec/TLS crypto` | disabled |
/// | a bare `Crypto` in a list of features, `Crypto capable`, `Crypto not disabled`, `Crypto can be enabled`, `Crypto enabled or disabled` | unknown |
///
/// A text that was cut off counts the beginning of its last word; one that contradicts itself tells nothing.
final class CryptoWording {
    private static final Set<String> BEFORE =
        Set.of("no", "non", "not", "without", "w/o", "excluding", "excl", "less", "lacks", "doesn't", "cannot");
    private static final Set<String> POSITIVE = Set.of("enabled", "enable");
    private static final Set<String> NEGATIVE =
        Set.of("disabled", "disable", "off", "none", "absent", "unsupported", "unavailable", "n/a", "false", "deactivated", "inactive");
    private static final Set<String> NOT = Set.of("not", "no", "non", "never", "isn't");
    /// May stand between a negation and its word: `not yet enabled`.
    private static final Set<String> BETWEEN = Set.of("yet", "currently", "been", "be", "being", "fully");
    /// Tell nothing by themselves, and that there is none behind a negation: `not supported`.
    private static final Set<String> WANTED =
        Set.of("supported", "available", "present", "installed", "included", "provided", "fitted", "active", "activated", "licensed");
    /// Before the word that tells a state: it is not so today. Some say so behind it, too.
    private static final Set<String> UNSURE =
        Set.of("can", "may", "might", "could", "will", "would", "was", "to", "if", "when", "once", "unless", "license", "licence",
        "optional", "optionally");
    private static final Set<String> UNSURE_BEHIND = Set.of("if", "when", "once", "unless", "license", "licence", "optional", "optionally");
    /// How many words may stand between a negation and the word that it negates: `No IPsec/TLS crypto`.
    private static final int REACH = 3;
    /// VPD product names end here.
    private static final int LONGEST = 240;
    private static final int LEAST_OF_A_WORD = 2;
    /// The dashes and blanks of other character sets, too.
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\u00a0\\u2010-\\u2015:=()\\[\\]\"|-]+");

    private CryptoWording() {}

    static Crypto.State state(String description) {
        String text = description.strip().toLowerCase(Locale.ROOT);
        List<String> clauses = clauses(text);
        var found = Crypto.State.UNKNOWN;
        for (int i = 0; i < clauses.size(); i++) {
            boolean cut = i == clauses.size() - 1 && text.length() >= LONGEST;
            var state = clause(words(clauses.get(i)), cut);
            if (state == Crypto.State.UNKNOWN) continue;
            if (found != Crypto.State.UNKNOWN && found != state) return Crypto.State.UNKNOWN;
            found = state;
        }
        return found;
    }

    private static List<String> clauses(String text) {
        return Arrays.stream(text.split("[;,]")).toList();
    }

    /// A full stop ends a word, and stands in numbers.
    private static List<String> words(String clause) {
        return Arrays.stream(SEPARATORS.split(clause)).map(word -> word.endsWith(".") ? word.substring(0, word.length() - 1) : word)
            .filter(word -> !word.isEmpty()).toList();
    }

    private static Crypto.State clause(List<String> words, boolean cut) {
        int at = words.indexOf("crypto");
        if (at < 0) return Crypto.State.UNKNOWN;
        boolean denied = words.subList(Math.max(0, at - REACH - 1), at).stream().anyMatch(BEFORE::contains);
        var after = after(words.subList(at + 1, words.size()), cut);
        if (!denied) return after;
        return after == Crypto.State.ENABLED ? Crypto.State.UNKNOWN : Crypto.State.DISABLED;
    }

    /// The first word that tells a state, and whether the words around it deny it.
    private static Crypto.State after(List<String> words, boolean cut) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean denied = denied(words, i);
            boolean last = i == words.size() - 1;
            if (POSITIVE.contains(word) || last && cut && begins(word, "enabled"))
                return denied ? Crypto.State.DISABLED : positive(words, i);
            if (NEGATIVE.contains(word) || last && cut && begins(word, "disabled"))
                return denied ? Crypto.State.UNKNOWN : Crypto.State.DISABLED;
            if (denied && WANTED.contains(word) || last && NOT.contains(word) && !cut) return Crypto.State.DISABLED;
        }
        return Crypto.State.UNKNOWN;
    }

    private static boolean denied(List<String> words, int at) {
        return at > 0 && (NOT.contains(words.get(at - 1)) || at > 1 && BETWEEN.contains(words.get(at - 1))
            && NOT.contains(words.get(at - 2)));
    }

    /// `enabled`, and what else the clause says of it: `Enabled: No`, `can be enabled`, `enabled or disabled`.
    private static Crypto.State positive(List<String> words, int at) {
        var behind = words.subList(at + 1, words.size());
        if (words.subList(0, at).stream().anyMatch(UNSURE::contains) || behind.stream().anyMatch(UNSURE_BEHIND::contains))
            return Crypto.State.UNKNOWN;
        if (behind.size() == 1 && (NOT.contains(behind.getFirst()) || NEGATIVE.contains(behind.getFirst()))) return Crypto.State.DISABLED;
        return behind.size() > 1 && behind.getFirst().equals("or") && NEGATIVE.contains(behind.get(1)) ? Crypto.State.UNKNOWN
            : Crypto.State.ENABLED;
    }

    private static boolean begins(String begun, String word) {
        return begun.length() >= LEAST_OF_A_WORD && word.startsWith(begun);
    }
}
