package dev.bluerig.fact.card;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How product descriptions speak of crypto. Only what is worded as enabled is enabled, and every negation counts:
///
/// | clause (between `;` and `,`) | state |
/// |---|---|
/// | `Crypto Enabled`, `Crypto and Secure Boot Enabled`, `Crypto: enabled` | enabled |
/// | `Crypto Disabled`, `Crypto not enabled`, `Crypto: none`, `Crypto Off`, `No Crypto`, `No IPsec/TLS crypto`, `without crypto` | disabled |
/// | a bare `Crypto` in a list of features, `Crypto capable`, `Crypto not disabled` | unknown |
///
/// A text that was cut off counts the beginning of its last word; one that contradicts itself tells nothing.
final class CryptoWording {
    private static final Set<String> BEFORE = Set.of("no", "non", "not", "without", "w/o", "excluding", "excl", "less", "lacks");
    private static final Set<String> POSITIVE = Set.of("enabled", "enable");
    private static final Set<String> NEGATIVE = Set.of("disabled", "disable", "off", "none", "absent", "unsupported", "unavailable", "n/a", "false", "fused-off");
    private static final Set<String> NOT = Set.of("not", "no", "non", "never", "isn't");
    /// How many words may stand between a negation and the word that it negates: `No IPsec/TLS crypto`.
    private static final int REACH = 3;
    /// VPD product names end here.
    private static final int LONGEST = 240;
    private static final int LEAST_OF_A_WORD = 2;

    private CryptoWording() {}

    static Crypto.State state(String description) {
        String text = description.strip().toLowerCase(Locale.ROOT);
        List<String> clauses = clauses(text);
        var found = Crypto.State.UNKNOWN;
        for (int i = 0; i < clauses.size(); i++) {
            boolean cut = i == clauses.size() - 1 && text.length() >= LONGEST;
            var said = clause(words(clauses.get(i)), cut);
            if (said == Crypto.State.UNKNOWN) continue;
            if (found != Crypto.State.UNKNOWN && found != said) return Crypto.State.UNKNOWN;
            found = said;
        }
        return found;
    }

    private static List<String> clauses(String text) {
        return Arrays.stream(text.split("[;,]")).toList();
    }

    private static List<String> words(String clause) {
        return Arrays.stream(clause.split("[\\s:=()\\-]+")).filter(word -> !word.isEmpty()).toList();
    }

    private static Crypto.State clause(List<String> words, boolean cut) {
        int at = words.indexOf("crypto");
        if (at < 0) return Crypto.State.UNKNOWN;
        boolean denied = words.subList(Math.max(0, at - REACH - 1), at).stream().anyMatch(BEFORE::contains);
        var after = after(words.subList(at + 1, words.size()), cut);
        if (!denied) return after;
        return after == Crypto.State.ENABLED ? Crypto.State.UNKNOWN : Crypto.State.DISABLED;
    }

    /// The first word that tells a state, and whether the word before it denies it.
    private static Crypto.State after(List<String> words, boolean cut) {
        for (int i = 0; i < words.size(); i++) {
            boolean denied = i > 0 && NOT.contains(words.get(i - 1));
            boolean last = i == words.size() - 1;
            if (POSITIVE.contains(words.get(i)) || last && cut && begins(words.get(i), "enabled")) return denied ? Crypto.State.DISABLED : Crypto.State.ENABLED;
            if (NEGATIVE.contains(words.get(i)) || last && cut && begins(words.get(i), "disabled")) return denied ? Crypto.State.UNKNOWN : Crypto.State.DISABLED;
            if (last && NOT.contains(words.get(i)) && !cut) return Crypto.State.DISABLED;
        }
        return Crypto.State.UNKNOWN;
    }

    private static boolean begins(String begun, String word) {
        return begun.length() >= LEAST_OF_A_WORD && word.startsWith(begun);
    }
}
