package dev.bluerig.trial.run;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Change;
import dev.bluerig.trial.evidence.Evidence;
import java.util.List;

/// Told of everything that happens in a trial, from several threads: the journal, the evidence and the live display listen here.
public interface TrialListener {
    void moves(TrialStep step);

    /// What a killed run had left on a machine was put back; `restored` names the commands.
    void cleaned(Machine machine, List<String> restored);

    /// About to switch flags off: when this returns it is on disk, with what puts them back.
    void flipping(Machine machine, List<Change> changes, List<Command> off, List<Command> back);

    /// The flags are as they were before the flip, or not.
    void flipped(Machine machine, boolean back);

    /// All that a cell was judged by, number `cell` from 1; a cell without evidence failed before there was any.
    void judged(int cell, Cell result, List<Evidence> evidence);
}
