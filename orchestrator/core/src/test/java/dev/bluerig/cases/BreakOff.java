package dev.bluerig.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How a remedy comes to an end before its end: at its step `at`, 1 being the first.
public record BreakOff(Kind kind, int at) {
    public enum Kind {
        /// The step does nothing and says that it failed.
        REFUSED,
        /// The step does all of its work and says that it failed.
        BLAMED,
        /// The step never comes back and did nothing.
        HUNG,
        /// The connection is lost before the step starts.
        CUT_BEFORE,
        /// The connection is lost when the step is done, before it says so.
        CUT_AFTER
    }

    /// After each number of steps that were done, none and all included, once: how it is broken off there changes in turn.
    public static List<BreakOff> each(int steps) {
        var all = new ArrayList<>(List.of(new BreakOff(List.of(Kind.REFUSED, Kind.HUNG, Kind.CUT_BEFORE).get(steps % 3), 1)));
        for (int at = 1; at <= steps; at++) all.add(new BreakOff((steps + at) % 2 == 0 ? Kind.CUT_AFTER : Kind.BLAMED, at));
        return List.copyOf(all);
    }

    /// Steps that do their work.
    int done() {
        return kind == Kind.BLAMED || kind == Kind.CUT_AFTER ? at : at - 1;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at step " + at;
    }
}
