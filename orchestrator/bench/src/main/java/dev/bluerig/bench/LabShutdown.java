package dev.bluerig.bench;

import dev.bluerig.lab.machine.LabFailed;

/// Takes the lab down also when the user ends the bench with Ctrl-C.
record LabShutdown(Thread hook) implements AutoCloseable {
    static LabShutdown of(Fleet fleet) {
        var hook = new Thread(() -> {
            try {
                fleet.close();
            } catch (LabFailed stays) {
                System.err.println(stays.getMessage());
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return new LabShutdown(hook);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
