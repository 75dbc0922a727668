package dev.bluerig.trial.agent;

import dev.bluerig.remote.Unreachable;
import java.util.List;
import java.util.Optional;

/// A run of the pair that ended early: the root cause, on which machine, and what followed from it elsewhere.
public final class AgentRunFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final String machine;
    private final transient AgentFailure failure;
    private final transient List<String> consequences;

    AgentRunFailed(String machine, AgentFailure failure, List<String> consequences, Optional<Unreachable> lost) {
        super(failure.code() + ": " + failure.message(), lost.orElse(null));
        this.machine = machine;
        this.failure = failure;
        this.consequences = List.copyOf(consequences);
    }

    /// Where the root cause was seen.
    public String machine() {
        return machine;
    }

    /// The root cause: a code of `AgentCode`, `DriverCode`, or `ConnectionCode` when the machine was lost. Its message names the machine.
    public AgentFailure failure() {
        return failure;
    }

    /// What else was said, each with its machine: it follows from the root cause.
    public List<String> consequences() {
        return consequences;
    }

    /// Present when the machine was lost.
    public Optional<Unreachable> lost() {
        return getCause() instanceof Unreachable unreachable ? Optional.of(unreachable) : Optional.empty();
    }
}
