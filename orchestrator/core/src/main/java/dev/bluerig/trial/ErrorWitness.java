package dev.bluerig.trial;

import dev.bluerig.trial.Testimony.Says;
import java.util.ArrayList;

/// Errors of the card and of the kernel stand still, and what a lossy link causes stays within bounds.
record ErrorWitness() implements Hearing {
    /// A connection's own start asks for a resync or two.
    private static final int AT_THE_START = 4;

    @Override
    public Witness witness() {
        return Witness.ERROR_COUNTERS;
    }

    @Override
    public Testimony hear(Matter matter) {
        long bound = bound(matter);
        String required = "errors +0, disorder at most +" + Numbers.count(bound) + " (" + matter.bars().disorder() + " per million packets, and a few for each connection)";
        var moved = new ArrayList<String>();
        var silent = new ArrayList<String>();
        boolean objects = false;
        for (ErrorCounter counter : ErrorCounter.of(matter.half()))
            switch (counter.rise(matter)) {
                case Rise.By(long count) -> {
                    if (count > 0) moved.add(counter.text() + " +" + Numbers.count(count));
                    objects |= count > (counter.error() ? 0 : bound);
                }
                case Rise.Backwards(String what) -> {
                    moved.add(what);
                    objects = true;
                }
                case Rise.Silent(String why) -> {
                    if (counter.everywhere()) silent.add(why);
                }
            }
        String seen = matter.end().machine() + ": " + (moved.isEmpty() ? "all still" : String.join(", ", moved));
        if (objects) return says(Says.OBJECTS, required, seen);
        return silent.isEmpty() ? says(Says.HARDWARE, required, seen) : says(Says.SILENT, required, String.join("; ", silent.stream().distinct().toList()));
    }

    static long bound(Matter matter) {
        return Math.max(0, matter.card(matter.packets()).orUnknown()) * matter.bars().disorder() / 1_000_000 + AT_THE_START * matter.connections();
    }
}
