package dev.bluerig.sim.machine;

/// A simulated process was ended by a signal.
public final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int signal;

    public Killed(int signal) {
        super("signal " + signal, null, false, false);
        this.signal = signal;
    }

    public int signal() {
        return signal;
    }
}
