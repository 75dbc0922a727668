package dev.bluerig.converge;

/// Check mode: what earlier plays of this run would have changed by now.
public enum Forecast {
    /// Nothing that matters here: what is seen is what will be.
    CERTAIN,
    /// A machine that this one depends on: what only a person could close may be closed by then, so it is not judged yet.
    NEIGHBOUR_CHANGES,
    /// This machine itself: its changes are provisional, too.
    CHANGES
}
