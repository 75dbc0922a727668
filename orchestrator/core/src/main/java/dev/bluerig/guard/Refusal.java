package dev.bluerig.guard;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why a remedy is not carried out: complete, so that who arms it can tell what to save and to watch.
///
/// `unseen`: why the way in is not known, where a change of a link asks for it.
public record Refusal(List<Danger> dangers, Optional<String> unseen) {
    public Refusal {
        dangers = List.copyOf(dangers);
        if (dangers.isEmpty() && unseen.isEmpty()) throw new IllegalArgumentException("refused for nothing");
    }

    static Optional<Refusal> of(List<Danger> dangers) {
        return dangers.isEmpty() ? Optional.empty() : Optional.of(new Refusal(dangers.stream().distinct().toList(), Optional.empty()));
    }

    /// Packets would not come or go.
    public boolean cutsPath() {
        return dangers.stream().anyMatch(danger -> danger.kind().isOfPackets());
    }

    /// For people.
    public String words() {
        return dangers.isEmpty() ? unseen.orElseThrow()
            : dangers.stream().map(Danger::toString).distinct().collect(Collectors.joining("; "));
    }
}
