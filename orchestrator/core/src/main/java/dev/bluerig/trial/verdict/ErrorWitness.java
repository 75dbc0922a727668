package dev.bluerig.trial.verdict;

import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.ArrayList;

/// Errors of the card and of the kernel stand still, and what a lossy link causes stays within bounds.
public record ErrorWitness() implements WitnessCheck {
    /// A connection's own start asks for a resync or two.
    private static final int AT_THE_START = 4;

    @Override
    public Witness witness() {
        return Witness.ERROR_COUNTERS;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        long bound = bound(evidence);
        String required = "errors +0, disorder at most +" + FigureText.count(bound) + " (" + evidence.thresholds().disorder()
            + " per million packets, and a few for each connection)";
        var moved = new ArrayList<String>();
        var silent = new ArrayList<String>();
        boolean objects = false;
        for (ErrorCounter counter : ErrorCounter.of(evidence.direction()))
            switch (counter.rise(evidence)) {
                case CounterDelta.Increase(long count) -> {
                    if (count > 0) moved.add(counter.text() + " +" + FigureText.count(count));
                    objects |= count > (counter.error() ? 0 : bound);
                }
                case CounterDelta.Reset(String what) -> {
                    moved.add(what);
                    objects = true;
                }
                case CounterDelta.Unknown(String why) -> {
                    if (counter.everywhere()) silent.add(why);
                }
            }
        String seen = evidence.end().machine() + ": " + (moved.isEmpty() ? "all still" : String.join(", ", moved));
        if (objects) return says(Statement.OBJECTS, required, seen);
        return silent.isEmpty() ? says(Statement.HARDWARE, required, seen)
            : says(Statement.SILENT, required, String.join("; ", silent.stream().distinct().toList()));
    }

    public static long bound(DirectionEvidence evidence) {
        return Math.max(0, evidence.card(evidence.packets()).orUnknown()) * evidence.thresholds().disorder() / 1_000_000
            + AT_THE_START * evidence.connections();
    }
}
