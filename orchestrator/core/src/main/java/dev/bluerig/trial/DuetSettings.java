package dev.bluerig.trial;

import java.time.Duration;

/// What both ends of a run agree on.
///
/// - `listen`: the server takes the first free port of it.
/// - `seed`: of the payload.
/// - `lease`: a program that hears nothing for so long ends itself; whole seconds. It is renewed all along.
/// - `patience`: how long a program that owes an answer may be silent, and how long payload may stand still.
public record DuetSettings(Load load, PortRange listen, Certificate certificate, long seed, Duration lease, Duration patience) {
    /// What the server shows.
    public enum Certificate { ECDSA, RSA }

    public static final Duration LEASE = Duration.ofSeconds(30);
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    public static DuetSettings of(Load load, PortRange listen, long seed) {
        return new DuetSettings(load, listen, Certificate.ECDSA, seed, LEASE, PATIENCE);
    }

    public DuetSettings {
        if (lease.toSeconds() < 1) throw new IllegalArgumentException("a lease is at least one second, found " + lease);
        if (!patience.isPositive()) throw new IllegalArgumentException("patience is positive, found " + patience);
    }
}
