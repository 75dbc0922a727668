package dev.bluerig.lab.sim.ovs;

/// What ovs-vsctl says when it gives up: nothing of its transaction happens.
public final class OvsProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    OvsProblem(String message) {
        super(message);
    }
}
