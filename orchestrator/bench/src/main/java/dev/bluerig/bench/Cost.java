package dev.bluerig.bench;

import java.util.function.ToDoubleFunction;

/// What one run cost: seconds elapsed; seconds of CPU (user and system) of the controller, and of all machines together; megabytes of
/// memory of the controller at its peak; what the machines' sshd counted.
record Cost(double wall, double controller, double managed, double memory, double connections, double execs) {
    /// A figure of each run, as tables and files call it.
    enum Figure {
        CONTROLLER("controller CPU", "s", Cost::controller),
        MANAGED("managed CPU", "s", Cost::managed),
        WALL("wall", "s", Cost::wall),
        MEMORY("controller memory", "MB", Cost::memory),
        CONNECTIONS("connections", "", Cost::connections),
        EXECS("execs", "", Cost::execs);

        private final String title;
        private final String unit;
        private final ToDoubleFunction<Cost> of;

        Figure(String title, String unit, ToDoubleFunction<Cost> of) {
            this.title = title;
            this.unit = unit;
            this.of = of;
        }

        String title() {
            return title;
        }

        String unit() {
            return unit;
        }

        double of(Cost cost) {
            return of.applyAsDouble(cost);
        }
    }
}
