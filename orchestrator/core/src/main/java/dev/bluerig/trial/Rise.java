package dev.bluerig.trial;

/// What a counter did during a run.
sealed interface Rise {
    record By(long count) implements Rise {}

    /// It was reset: a module or driver was loaded again, or the machine rebooted.
    record Backwards(String what) implements Rise {}

    record Silent(String why) implements Rise {}

    /// The rise, or -1 when it is not known.
    default long orUnknown() {
        return switch (this) {
            case By(long count) -> count;
            case Backwards backwards -> -1;
            case Silent silent -> -1;
        };
    }
}
