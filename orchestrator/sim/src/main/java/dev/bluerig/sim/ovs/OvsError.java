package dev.bluerig.sim.ovs;

/// What ovs-vsctl says when it gives up: nothing of its transaction happens.
public final class OvsError extends RuntimeException {
    private static final long serialVersionUID = 1;

    OvsError(String message) {
        super(message);
    }
}
