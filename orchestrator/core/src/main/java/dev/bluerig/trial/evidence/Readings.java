package dev.bluerig.trial.evidence;

import dev.bluerig.fact.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// What readings say when they are only looked at.
public final class Readings {
    private Readings() {}

    public static String why(Reading<?> reading) {
        return switch (reading) {
            case Reading.Known<?> known -> "";
            case Reading.Unknown<?>(String why) -> why;
        };
    }

    /// By how much a counter rose over readings in the order of time. A counter that one of them lacks is no zero.
    public static <T> CounterDelta rise(String name, List<Reading<T>> readings, Function<T, OptionalLong> counter) {
        long first = -1;
        long last = -1;
        for (Reading<T> reading : readings) {
            Optional<T> seen = reading.ifKnown();
            if (seen.isEmpty()) return new CounterDelta.Unknown(name + ": " + why(reading));
            OptionalLong now = counter.apply(seen.get());
            if (now.isEmpty()) return new CounterDelta.Unknown("there is no counter " + name);
            if (last > now.getAsLong())
                return new CounterDelta.Reset(name + " went back from " + FigureText.count(last) + " to "
                    + FigureText.count(now.getAsLong()));
            if (first < 0) first = now.getAsLong();
            last = now.getAsLong();
        }
        return new CounterDelta.Increase(last - first);
    }
}
