package dev.bluerig.sim.agent;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.UserAccount;
import java.net.InetSocketAddress;

/// A process of somebody else that listens on ports of a simulated machine and never answers.
public final class PortHolder implements AutoCloseable {
    private static final int PID = 991;

    private final SimNetwork network;

    private PortHolder(SimNetwork network) {
        this.network = network;
    }

    public static PortHolder start(SimMachine machine, int first, int last, String process) {
        var network = new SimNetwork(machine, machine.namespace(), UserAccount.ROOT, process, PID);
        try {
            for (int port = first; port <= last; port++) network.listen(new InetSocketAddress("0.0.0.0", port), 8);
        } catch (SystemFailure taken) {
            network.close();
            throw new IllegalStateException("ports " + first + " to " + last + " of " + machine.name() + " cannot be taken", taken);
        }
        return new PortHolder(network);
    }

    @Override
    public void close() {
        network.close();
    }
}
