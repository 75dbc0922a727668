package dev.bluerig.lab.sim.ovs;

import dev.bluerig.lab.sim.machine.Links;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Open vSwitch of a simulated DPU.
public final class OpenVSwitch {
    private final BooleanSupplier running;

    public OpenVSwitch(Links links, BooleanSupplier running) {
        this.running = running;
    }

    public boolean isRunning() {
        return running.getAsBoolean();
    }

    public boolean holds(String link) {
        return false;
    }

    public void bridge(String name, String... ports) {
    }

    public void reconfigure() {
    }

    public Set<String> forwards(String port) {
        return Set.of();
    }
}
