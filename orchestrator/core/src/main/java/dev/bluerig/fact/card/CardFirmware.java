package dev.bluerig.fact.card;

import dev.bluerig.inventory.Version;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Who a card is and what runs on it. `next` is what the flash holds and the next reset starts; absent = no source tells.
public record CardFirmware(Optional<Version> running, Optional<Version> next, Optional<String> psid, Optional<String> partNumber,
                       Optional<String> description, Optional<String> serial) {
    static final CardFirmware NOTHING = new CardFirmware(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty());

    /// What several tools say together: for each field the first that tells.
    static CardFirmware of(CardFirmware... sources) {
        return new CardFirmware(first(CardFirmware::running, sources), first(CardFirmware::next, sources),
            first(CardFirmware::psid, sources),
            first(CardFirmware::partNumber, sources), first(CardFirmware::description, sources), first(CardFirmware::serial, sources));
    }

    private static <T> Optional<T> first(Function<CardFirmware, Optional<T>> field, CardFirmware... sources) {
        return Stream.of(sources).map(field).flatMap(Optional::stream).findFirst();
    }

    /// True when a newer or older firmware waits for a reset.
    public boolean waits() {
        return running.isPresent() && next.isPresent() && !running.equals(next);
    }
}
