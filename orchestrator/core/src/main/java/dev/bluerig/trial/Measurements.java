package dev.bluerig.trial;

import java.util.OptionalLong;

/// The figures of a run.
public final class Measurements {
    private Measurements() {}

    /// `speed`: of the tested port in bits per second, the slower of the two ends; empty when not known.
    public static Measurement of(Load load, Stretch stretch, OptionalLong speed) {
        throw new UnsupportedOperationException("to come");
    }

    /// With offload over without.
    public static Ratios ratios(Measurement on, Measurement off) {
        throw new UnsupportedOperationException("to come");
    }
}
