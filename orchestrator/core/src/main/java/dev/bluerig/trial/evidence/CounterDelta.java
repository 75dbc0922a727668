package dev.bluerig.trial.evidence;

/// What a counter did during a run.
public sealed interface CounterDelta {
    record By(long count) implements CounterDelta {}

    /// It was reset: a module or driver was loaded again, or the machine rebooted.
    record Backwards(String what) implements CounterDelta {}

    record Silent(String why) implements CounterDelta {}

    /// The rise, or -1 when it is not known.
    default long orUnknown() {
        return switch (this) {
            case By(long count) -> count;
            case Backwards backwards -> -1;
            case Silent silent -> -1;
        };
    }
}
