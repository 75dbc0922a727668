package dev.bluerig.fact.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a card was fused with crypto, and every source that was asked, the surest first.
/// The first source that tells decides; a hint (the Arm cores' crypto) never does.
public record Crypto(State state, List<Evidence> evidence) {
    public enum State { ENABLED, DISABLED, UNKNOWN }

    /// `text` is what the source printed, `proof` is false for a hint.
    public record Evidence(String source, State state, String text, boolean proof) {}

    public Crypto {
        evidence = List.copyOf(evidence);
    }

    public static Crypto of(List<Evidence> evidence) {
        return new Crypto(deciding(evidence).map(Evidence::state).orElse(State.UNKNOWN), evidence);
    }

    /// The same with a source that goes before all others.
    public Crypto after(List<Evidence> stronger) {
        var all = new ArrayList<>(stronger);
        all.addAll(evidence);
        return of(all);
    }

    public Optional<Evidence> deciding() {
        return deciding(evidence);
    }

    private static Optional<Evidence> deciding(List<Evidence> evidence) {
        return evidence.stream().filter(each -> each.proof() && each.state() != State.UNKNOWN).findFirst();
    }

    /// For people: what decided, or what was asked in vain.
    public String why() {
        return deciding().map(each -> each.source() + ": " + each.text()).orElseGet(() -> evidence.isEmpty() ? "no source answered"
            : "no source tells: " + String.join("; ", evidence.stream().map(each -> each.source() + ": " + each.text()).toList()));
    }
}
