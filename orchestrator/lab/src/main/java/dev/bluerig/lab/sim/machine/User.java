package dev.bluerig.lab.sim.machine;

/// An account of a simulated machine.
public record User(String name, int id, String home) {
    public static final User ROOT = new User("root", 0, "/root");

    public boolean isRoot() {
        return id == 0;
    }
}
