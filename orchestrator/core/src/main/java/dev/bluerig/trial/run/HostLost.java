package dev.bluerig.trial.run;

import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.agent.AgentFailure;
import java.util.List;

/// A host of the pair that cannot be reached or was lost: the trial on this pair is over.
final class HostLost extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Unreachable why;
    private final String machine;

    HostLost(String machine, Unreachable why) {
        super(machine + ": " + why.getMessage(), why);
        this.machine = machine;
        this.why = why;
    }

    Failure failure() {
        return Failure.of(why.reason(), List.of(), getMessage(), "");
    }

    AgentFailure pairFailure() {
        return new AgentFailure(why.reason(), "", machine + " was lost: " + why.getMessage());
    }
}
