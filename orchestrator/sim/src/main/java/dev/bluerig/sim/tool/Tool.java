package dev.bluerig.sim.tool;

/// A program of a simulated machine: what it does with its arguments, and its exit status.
@FunctionalInterface
public interface Tool {
    int run(ProgramCall call);
}
