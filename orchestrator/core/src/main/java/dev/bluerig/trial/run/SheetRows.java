package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.card.Cards;
import java.util.function.Function;

/// The rows of one machine's sheet, as `SheetLayout` names them.
interface SheetRows {
    /// What does not change in a trial is asked at its start alone. `consequence`: of not knowing it.
    <T> void lasting(String group, String what, Fact<T> fact, Function<T, String> text, String consequence);

    /// Before and after.
    <T> void both(String group, String what, Fact<T> fact, Function<T, String> text, Function<T, String> note);

    /// All that the cards say of themselves, at the start alone.
    void cards(Cards.Seen question);

    /// Warnings and worse of the kernel that came during the trial.
    void log();
}
