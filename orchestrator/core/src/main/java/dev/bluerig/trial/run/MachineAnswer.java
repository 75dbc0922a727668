package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Unreachable;

/// What one machine answered, or that it was lost: then everything is unknown.
sealed interface MachineAnswer {
    record Answered(Facts facts) implements MachineAnswer {}

    record Silent(Unreachable why) implements MachineAnswer {}

    default <T> Reading<T> get(Fact<T> fact) {
        return switch (this) {
            case Answered(Facts facts) -> facts.get(fact);
            case Silent(Unreachable why) -> Reading.unknown("lost: " + why.getMessage());
        };
    }
}
