package dev.bluerig.sim.machine;

import dev.bluerig.sim.net.SimLink;
import java.util.Set;

/// What is left of a machine after a reboot: files and the database of Open vSwitch. No network file is read by this model, so links are as
/// their drivers and the image make them.
public final class Reboot {
    private static final int FIRST_MTU = 1500;
    /// Drivers come with their devices.
    private static final Set<String> OF_DEVICES = Set.of("mlx5_core", "mlx5_ib", "mlxfw", "mlxdevm", "openvswitch");
    private static final String MODULES = "/etc/modules-load.d";

    private Reboot() {}

    /// Ends every connection and every program, the one that asks for it included.
    public static void of(SimMachine machine) {
        machine.faults().cut();
        machine.files().empty("/tmp");
        machine.files().empty("/run");
        machine.links().all().forEach(link -> boot(machine, link));
        machine.modules().retainAll(OF_DEVICES);
        load(machine);
        machine.services().boot();
        machine.startMst(false);
        throw new Killed(9);
    }

    private static void boot(SimMachine machine, SimLink link) {
        switch (link.kind()) {
            case LOOPBACK, ETHERNET -> { }
            case TMFIFO -> {
                if (machine.kind() == SimMachine.Kind.DPU) return;
                link.flush();
                link.lower();
            }
            case PORT -> {
                fresh(link);
                link.lower();
            }
            case UPLINK, REPRESENTOR -> {
                fresh(link);
                link.raise();
            }
            case INTERNAL -> link.lower();
        }
    }

    private static void fresh(SimLink link) {
        link.flush();
        link.resize(FIRST_MTU);
        link.features().reset();
    }

    private static void load(SimMachine machine) {
        try {
            for (String name : machine.files().list(MODULES))
                machine.files().text(MODULES + "/" + name).lines().map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(machine.modules()::add);
        } catch (FileError none) {
            // nothing is to be loaded
        }
    }
}
