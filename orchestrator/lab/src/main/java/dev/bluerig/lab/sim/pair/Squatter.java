package dev.bluerig.lab.sim.pair;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.lab.sim.machine.SimMachine;
import dev.bluerig.lab.sim.machine.User;
import java.net.InetSocketAddress;

/// A process of somebody else that listens on ports of a simulated machine and never answers.
public final class Squatter implements AutoCloseable {
    private static final int PID = 991;

    private final SimNetwork network;

    private Squatter(SimNetwork network) {
        this.network = network;
    }

    public static Squatter start(SimMachine machine, int first, int last, String process) {
        var network = new SimNetwork(machine, machine.namespace(), User.ROOT, process, PID);
        try {
            for (int port = first; port <= last; port++) network.listen(new InetSocketAddress("0.0.0.0", port), 8);
        } catch (SystemFailure taken) {
            network.close();
            throw new IllegalStateException("ports " + first + " to " + last + " of " + machine.name() + " cannot be taken", taken);
        }
        return new Squatter(network);
    }

    @Override
    public void close() {
        network.close();
    }
}
