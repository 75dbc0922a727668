package dev.bluerig.sim.machine;

/// An account of a simulated machine.
public record UserAccount(String name, int id, String home) {
    public static final UserAccount ROOT = new UserAccount("root", 0, "/root");

    public boolean isRoot() {
        return id == 0;
    }
}
