package dev.bluerig.trial.deploy;

import dev.bluerig.task.diff.Failure;
import java.util.List;

/// The agent could not be brought to a machine, or is not there to be brought.
public final class DeploymentFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    /// `detail`: on which machine, what was wanted and what was found; `next` may be empty for the code's own.
    public DeploymentFailed(DeployCode code, String detail, String next) {
        super(detail);
        this.failure = Failure.of(code, List.of(), detail, next);
    }

    /// Complete enough to act on.
    public Failure failure() {
        return failure;
    }
}
