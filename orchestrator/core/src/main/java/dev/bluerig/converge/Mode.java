package dev.bluerig.converge;

/// What may be done about a difference.
public enum Mode {
    /// Nothing: forecast it.
    CHECK,
    /// Run the remedy.
    APPLY,
    /// Nothing: any difference is a failure.
    ACCEPT
}
