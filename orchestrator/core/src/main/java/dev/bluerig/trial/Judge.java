package dev.bluerig.trial;

import java.util.List;

/// Verdicts from evidence, and from nothing else: the same evidence always gives the same verdicts.
public final class Judge {
    private Judge() {}

    /// One verdict for each half of each end that payload was meant for: server before client, TX before RX.
    public static List<Verdict> of(Evidence evidence, Bars bars) {
        throw new UnsupportedOperationException("to come");
    }
}
