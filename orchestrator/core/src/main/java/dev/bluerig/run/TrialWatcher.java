package dev.bluerig.run;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Change;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.TrialListener;
import dev.bluerig.trial.run.TrialStep;
import dev.bluerig.trial.spec.PairTrial;
import java.util.List;

/// What happens in one trial on one pair, to the journal, the evidence and the display. `number`: of the trial in the playbook, from 0.
record TrialWatcher(RunContext context, int number, PairTrial trial) implements TrialListener {
    @Override
    public void moves(TrialStep step) {
        context.progress().trialMoves(name(), trial.pair(), step);
    }

    @Override
    public void cleaned(Machine machine, List<String> restored) {
        context.journal().cleaned(name(), trial.pair(), machine.name(), restored);
    }

    @Override
    public void flipping(Machine machine, List<Change> changes, List<Command> off, List<Command> back) {
        context.journal().flipping(name(), trial.pair(), machine.name(), changes, off, back);
    }

    @Override
    public void flipped(Machine machine, boolean back) {
        context.journal().flipped(name(), trial.pair(), machine.name(), back);
    }

    @Override
    public void judged(int cell, Cell result, List<Evidence> evidence) {
        context.evidence().of(number, name(), trial.pair(), cell, new RemedyLog.TrialCell(result, evidence));
        context.journal().cell(name(), trial.pair(), cell + " over " + result.cable() + ": "
            + result.failure().map(failure -> failure.code().name()).orElse(result.accepted() ? "accepted" : "not accepted"));
    }

    private String name() {
        return trial.trial().trial();
    }
}
