package dev.bluerig.sim.machine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/// The units systemd knows on a simulated machine.
public final class SimServices {
    /// `file`: `enabled`, `disabled`, `static`, `masked`. `oneshot` units stay active after they ran.
    public record Unit(String name, String description, String file, boolean active, boolean failing) {
        Unit file(String state) {
            return new Unit(name, description, state, active, failing);
        }

        Unit active(boolean now) {
            return new Unit(name, description, file, now, failing);
        }
    }

    private final Map<String, Unit> units = new ConcurrentSkipListMap<>();
    private final BiConsumer<String, Boolean> onChange;

    /// `onChange`: told of every unit that is started (true, restarts included) or stopped.
    SimServices(BiConsumer<String, Boolean> onChange) {
        this.onChange = onChange;
    }

    void install(String name, String description, String file, boolean active) {
        units.put(name, new Unit(name, description, file, active, false));
    }

    public Optional<Unit> find(String name) {
        return Optional.ofNullable(units.get(name));
    }

    public Map<String, Unit> all() {
        return Map.copyOf(units);
    }

    /// False: it refuses to start.
    public boolean start(String name) {
        Unit unit = units.get(name);
        if (unit == null || unit.failing()) return false;
        units.put(name, unit.active(true));
        onChange.accept(name, true);
        return true;
    }

    public void stop(String name) {
        units.computeIfPresent(name, (same, unit) -> unit.active(false));
        onChange.accept(name, false);
    }

    /// What is enabled, or always there, runs; nothing else does.
    void boot() {
        for (Unit unit : units.values()) {
            stop(unit.name());
            if (unit.file().equals("enabled") || unit.file().equals("static")) start(unit.name());
        }
    }

    public void file(String name, String state) {
        units.computeIfPresent(name, (same, unit) -> unit.file(state));
    }

    /// A unit whose file somebody wrote.
    public void discover(String name, String description) {
        units.putIfAbsent(name, new Unit(name, description, "disabled", false, false));
    }

    public void cripple(String name) {
        units.computeIfPresent(name, (same, unit) -> new Unit(name, unit.description(), unit.file(), false, true));
    }

    /// What was crippled can be started again; nothing is started.
    void heal() {
        units.replaceAll((name, unit) -> new Unit(name, unit.description(), unit.file(), unit.active(), false));
    }
}
