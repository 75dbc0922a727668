package dev.bluerig.run;

import dev.bluerig.converge.Arming;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How one machine of a run is armed and reached anew: a host before its DPUs, and whoever hangs on the same ways too.
/// `names`: how the names of its armed changes begin.
final class MachineArming implements Arming {
    private final Machine machine;
    private final Inventory inventory;
    private final Connections connections;
    private final String names;
    private final Duration after;
    private final List<Machine> others = new ArrayList<>();
    private int armed;

    MachineArming(Machine machine, Inventory inventory, Connections connections, String names, Duration after) {
        this.machine = machine;
        this.inventory = inventory;
        this.connections = connections;
        this.names = names;
        this.after = after;
    }

    @Override
    public Duration after() {
        return after;
    }

    @Override
    public String name() {
        return names + "-" + ++armed;
    }

    /// The DPUs that are reached through it, and the host that may be reached through its ports. Who does not answer has nothing to lose.
    @Override
    public void ready() {
        others.clear();
        Stream.concat(inventory.dpusOf(machine).stream().filter(dpu -> dpu.via().isPresent()), inventory.hostOf(machine).stream())
            .filter(this::answers).forEach(others::add);
    }

    private boolean answers(Machine other) {
        try {
            connections.to(other);
            return true;
        } catch (Unreachable dead) {
            return false;
        }
    }

    @Override
    public void renew() throws Unreachable {
        connections.renew(machine);
    }

    @Override
    public void renewOthers() throws Unreachable {
        for (Machine other : others) connections.renew(other);
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }
}
