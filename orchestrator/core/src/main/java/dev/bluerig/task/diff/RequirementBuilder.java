package dev.bluerig.task.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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

    public Diff diff() {
        return diff(new Diff.Same());
    }

    /// `rest` is what else there is to do: it comes to pass when nothing is wrong and everything is known.
    public Diff diff(Diff rest) {
        var unmet = wrong.unmet();
        if (unmet.isPresent())
            return unmet.get().with(unknown).with(rest instanceof Diff.Mendable mendable ? mendable.changes() : List.of());
        if (unknown.isEmpty()) return rest;
        return new Diff.Unknown(unknown.stream().map(change -> change.what() + ": " + change.found()).collect(Collectors.joining("; ")));
    }
}
