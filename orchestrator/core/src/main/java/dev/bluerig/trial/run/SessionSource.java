package dev.bluerig.trial.run;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;

/// Where an experiment's sessions come from: dialled when they are first asked for, and closed by whoever dialled them.
public interface SessionSource {
    Session to(Machine machine) throws Unreachable;
}
