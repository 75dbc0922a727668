package dev.bluerig.sim.ovs;

import dev.bluerig.remote.Reply;
import dev.bluerig.sim.SimMachines;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.LinkFeatures;
import dev.bluerig.sim.net.SimLink;
import java.util.List;
import java.util.Optional;

/// A simulated DPU without a bridge and with just these links, all up.
final class BareMachine {
    private final SimMachine machine = SimMachines.pair(false).machine("dpu-a");

    BareMachine(List<String> links) {
        ran("ovs-vsctl", "del-br", "ovsbr1", "--", "del-br", "ovsbr2");
        for (SimLink link : machine.links().all()) machine.links().remove(link.name());
        for (String link : links)
            machine.links().add(link, SimLink.Kind.UPLINK, Optional.empty(), 0, 1500, 9978, LinkFeatures.switchdev()).raise();
    }

    Reply.Ran ran(String... words) {
        return run(List.of(words));
    }

    Reply.Ran run(List<String> words) {
        return SimMachines.run(machine, words);
    }

    void stopSwitch() {
        machine.services().stop("openvswitch-switch.service");
    }

    void startSwitch() {
        machine.services().start("openvswitch-switch.service");
    }
}
