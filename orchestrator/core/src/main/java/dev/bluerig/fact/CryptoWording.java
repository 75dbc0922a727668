package dev.bluerig.fact;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How product descriptions speak of crypto: `Crypto Enabled`, `Crypto enabled`, `Crypto and Secure Boot Enabled`, a bare `Crypto`,
/// `No Crypto`, `Crypto Disabled, Secure Boot Enabled`, cut off at 255 characters, or not at all: then nothing is known.
final class CryptoWording {
    private static final Pattern WORD = Pattern.compile("\\bcrypto\\b(.*)$");
    private static final Pattern WITHOUT = Pattern.compile("\\b(no|non|without|w/o)[ -]crypto\\b");
    /// VPD product names end here.
    private static final int LONGEST = 240;

    private CryptoWording() {}

    static Crypto.State state(String description) {
        String text = description.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
        String[] clauses = text.split("[;,]");
        var found = Crypto.State.UNKNOWN;
        for (int i = 0; i < clauses.length; i++) {
            boolean cut = i == clauses.length - 1 && text.length() >= LONGEST;
            var said = clause(clauses[i].strip(), cut);
            if (said.isEmpty()) continue;
            if (found != Crypto.State.UNKNOWN && found != said.get()) return Crypto.State.UNKNOWN;   // it contradicts itself
            found = said.get();
        }
        return found;
    }

    private static Optional<Crypto.State> clause(String clause, boolean cut) {
        if (WITHOUT.matcher(clause).find()) return Optional.of(Crypto.State.DISABLED);
        Matcher word = WORD.matcher(clause);
        if (!word.find()) return Optional.empty();
        if (clause.contains("disable")) return Optional.of(Crypto.State.DISABLED);
        if (clause.contains("enable")) return Optional.of(Crypto.State.ENABLED);
        if (clause.contains("capable")) return Optional.of(Crypto.State.UNKNOWN);
        return Optional.of(cut ? ending(word.group(1).strip()) : Crypto.State.ENABLED);
    }

    /// The last clause of a text that was cut: what the state word began with.
    private static Crypto.State ending(String rest) {
        String begun = rest.substring(rest.lastIndexOf(' ') + 1);
        if (!begun.isEmpty() && "disabled".startsWith(begun)) return Crypto.State.DISABLED;
        if (!begun.isEmpty() && "enabled".startsWith(begun)) return Crypto.State.ENABLED;
        return Crypto.State.UNKNOWN;
    }
}
