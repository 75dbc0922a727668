package dev.bluerig.task;

import java.util.List;

/// Every task that a playbook can name, for the binder, `explain` and the generated reference.
public final class Catalogue {
    private Catalogue() {}

    public static List<Class<? extends Wish>> all() {
        return List.of(Escape.class, Firmware.class, Interfaces.class, Kernel.class, Offload.class, Ovs.class, OvsBridges.class, Packages.class,
            Reach.class, Service.class, TextFile.class);
    }
}
