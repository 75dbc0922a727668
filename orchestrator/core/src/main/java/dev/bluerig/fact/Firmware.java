package dev.bluerig.fact;

import dev.bluerig.inventory.Version;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Who a card is and what runs on it. `next` is what the flash holds and the next reset starts; absent = no source tells.
public record Firmware(Optional<Version> running, Optional<Version> next, Optional<String> psid, Optional<String> partNumber,
                       Optional<String> description, Optional<String> serial) {
    static final Firmware NOTHING = new Firmware(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// What several tools say together: for each field the first that tells.
    static Firmware of(Firmware... sources) {
        return new Firmware(first(Firmware::running, sources), first(Firmware::next, sources), first(Firmware::psid, sources),
            first(Firmware::partNumber, sources), first(Firmware::description, sources), first(Firmware::serial, sources));
    }

    private static <T> Optional<T> first(Function<Firmware, Optional<T>> field, Firmware... sources) {
        return Stream.of(sources).map(field).flatMap(Optional::stream).findFirst();
    }

    /// True when a newer or older firmware waits for a reset.
    public boolean waits() {
        return running.isPresent() && next.isPresent() && !running.equals(next);
    }
}
