package dev.bluerig.task.diff;

import java.util.ArrayList;
import java.util.List;

/// What a requirement found wrong, and what nobody could tell. Something wrong outweighs something unknown, and both outweigh a pass.
public final class RequirementBuilder {
    private final Obstacles wrong = new Obstacles();
    private final List<Change> unknown = new ArrayList<>();

    public void wrong(Finding finding, Change change, String next) {
        wrong.add(finding, change, next.isEmpty() ? finding.next() : next);
    }

    public void unknown(String what, String expected, String why) {
        unknown.add(new Change(what, expected, "unknown: " + why));
    }

    public boolean anythingWrong() {
        return !wrong.isEmpty();
    }

    /// To be called where the fact is joined: makes it unknown, unless something is wrong anyway.
    public void refuseToGuess() {
        if (!unknown.isEmpty() && wrong.isEmpty())
            throw new IllegalArgumentException(String.join("; ", unknown.stream().map(change -> change.what() + ": " + change.found()).toList()));
    }

    /// `further` are differences that could be mended, if it were not for the rest.
    public Diff.Unmet unmet(List<Change> further) {
        return wrong.unmet().orElseThrow().with(unknown).with(further);
    }
}
