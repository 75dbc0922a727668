package dev.bluerig.trial.verdict;

import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.ArrayList;

/// Errors of the card and of the kernel stand still, and what a lossy link causes stays within bounds.
public record ErrorWitness() implements WitnessCheck {
    /// A connection's own start asks for a resync or two.
    private static final int AT_THE_START = 4;

    /// Of a record that the card must read again, each fragment in pieces of the MTU: 17 fragments of 16 KiB at 1500 bytes (Linux,
    /// `en_accel/ktls_tx.c`, `mlx5e_ktls_dumps_num_wqes`).
    private static final int DUMPS_OF_A_RECORD = 28;

    @Override
    public Witness witness() {
        return Witness.ERROR_COUNTERS;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        long bound = bound(evidence);
        String required = "errors +0, disorder at most +" + FigureText.count(bound) + " (" + evidence.thresholds().disorder()
            + " per million packets, and a few for each connection)"
            + (evidence.direction() == Direction.TX ? ", or dumped +" + DUMPS_OF_A_RECORD + " for each packet out of order" : "");
        var moved = new ArrayList<String>();
        var silent = new ArrayList<String>();
        boolean objects = false;
        for (ErrorCounter counter : ErrorCounter.of(evidence.direction()))
            switch (counter.rise(evidence)) {
                case CounterDelta.Increase(long count) -> {
                    if (count > 0) moved.add(counter.text() + " +" + FigureText.count(count));
                    objects |= count > most(counter, evidence);
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

    /// How far a counter may rise. Dumps follow from packets out of order, which have a bound of their own.
    public static long most(ErrorCounter counter, DirectionEvidence evidence) {
        if (counter.error()) return 0;
        long outOfOrder = counter == ErrorCounter.TX_DUMPED ? Math.max(0, ErrorCounter.TX_OUT_OF_ORDER.rise(evidence).orUnknown()) : 0;
        return Math.max(bound(evidence), outOfOrder * DUMPS_OF_A_RECORD);
    }

    private static long bound(DirectionEvidence evidence) {
        return Math.max(0, evidence.card(evidence.packets()).orUnknown()) * evidence.thresholds().disorder() / 1_000_000
            + AT_THE_START * evidence.connections();
    }
}
