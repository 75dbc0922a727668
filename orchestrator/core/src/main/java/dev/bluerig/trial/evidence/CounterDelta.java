package dev.bluerig.trial.evidence;

/// What a counter did during a run.
public sealed interface CounterDelta {
    record Increase(long count) implements CounterDelta {}

    /// It was reset: a module or driver was loaded again, or the machine rebooted.
    record Reset(String what) implements CounterDelta {}

    record Unknown(String why) implements CounterDelta {}

    /// The rise, or -1 when it is not known.
    default long orUnknown() {
        return switch (this) {
            case Increase(long count) -> count;
            case Reset backwards -> -1;
            case Unknown silent -> -1;
        };
    }
}
