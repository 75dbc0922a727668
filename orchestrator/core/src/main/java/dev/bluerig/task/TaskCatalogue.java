package dev.bluerig.task;

import java.util.List;

/// Every task that a playbook can name, for the binder, `explain` and the generated reference.
public final class TaskCatalogue {
    private TaskCatalogue() {}

    public static List<Class<? extends TaskSpec>> all() {
        return List.of(CommandTask.class, FirmwareSpec.class, InterfaceTask.class, KernelSpec.class, OffloadTask.class, OvsTask.class,
            OvsBridgeTask.class, PackagesTask.class,
            ReachSpec.class, ServiceTask.class, FileTask.class);
    }
}
