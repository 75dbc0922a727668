package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Unreachable;
import java.util.Collection;

/// What one machine answered, or that it was lost: then everything is unknown.
sealed interface MachineAnswer {
    record Answered(Facts facts) implements MachineAnswer {}

    record Silent(Unreachable why) implements MachineAnswer {}

    /// Dials if it must, and asks.
    static MachineAnswer of(SessionSource sessions, Machine machine, Collection<Fact.Question<?>> questions) {
        try {
            var facts = new Facts(sessions.to(machine));
            facts.ask(questions);
            return new Answered(facts);
        } catch (Unreachable why) {
            return new Silent(why);
        }
    }

    default <T> Reading<T> get(Fact<T> fact) {
        return switch (this) {
            case Answered(Facts facts) -> facts.get(fact);
            case Silent(Unreachable why) -> Reading.unknown("lost: " + why.getMessage());
        };
    }
}
