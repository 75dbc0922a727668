package dev.bluerig.sim.tool;

/// Starts a program by its name on behalf of another (`env`, `timeout`, `sudo`): the words of the call are the command.
@FunctionalInterface
public interface Launcher {
    int launch(ProgramCall call);
}
