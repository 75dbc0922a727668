package dev.bluerig.trial;

import dev.bluerig.converge.Failure;
import dev.bluerig.remote.Unreachable;
import java.util.List;

/// A host of the pair that cannot be reached or was lost: the trial on this pair is over.
final class Lost extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Unreachable why;
    private final String machine;

    Lost(String machine, Unreachable why) {
        super(machine + ": " + why.getMessage(), why);
        this.machine = machine;
        this.why = why;
    }

    Failure failure() {
        return Failure.of(why.reason(), List.of(), getMessage(), "");
    }

    PairFailure pairFailure() {
        return new PairFailure(why.reason().name(), "", machine + " was lost: " + why.getMessage());
    }
}
