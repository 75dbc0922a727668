package dev.bluerig.bench;

import dev.bluerig.lab.machine.LabFailed;

/// Takes the lab down also when the user ends the bench with Ctrl-C.
record Ending(Thread hook) implements AutoCloseable {
    static Ending of(Fleet fleet) {
        var hook = new Thread(() -> {
            try {
                fleet.close();
            } catch (LabFailed stays) {
                System.err.println(stays.getMessage());
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return new Ending(hook);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
