package dev.bluerig.run;

import dev.bluerig.converge.Arming;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
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
    /// Who answered before and did not answer anew yet.
    private final List<Machine> others = new ArrayList<>();
    private boolean renewedHost;
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
    /// A host that it is reached through itself is dialled on the way.
    @Override
    public void ready() {
        renewedHost = false;
        others.clear();
        var host = inventory.hostOf(machine).filter(_ -> machine.via().isEmpty());
        Stream.concat(inventory.dpusOf(machine).stream().filter(dpu -> dpu.via().isPresent()), host.stream()).filter(this::answers)
            .forEach(others::add);
    }

    private boolean answers(Machine other) {
        try {
            connections.to(other);
            return true;
        } catch (Unreachable dead) {
            return false;
        }
    }

    /// Of a host one new connection is enough, as long as it lives: each stays until the end of the run, because others may go through it.
    @Override
    public void renew() throws Unreachable {
        var host = inventory.hostOf(machine).filter(_ -> machine.via().isPresent());
        if (host.isPresent() && !(renewedHost && lives(host.get()))) {
            connections.renew(host.get());
            renewedHost = true;
        }
        connections.renew(machine);
    }

    private boolean lives(Machine other) {
        try {
            connections.to(other).exchange(Exchange.asking(List.of(Command.of("true"))));
            return true;
        } catch (Unreachable dead) {
            return false;
        }
    }

    @Override
    public void renewOthers() throws Unreachable {
        while (!others.isEmpty()) {
            connections.renew(others.getFirst());
            others.removeFirst();
        }
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }
}
