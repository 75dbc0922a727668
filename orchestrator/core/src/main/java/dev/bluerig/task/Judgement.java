package dev.bluerig.task;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What a requirement found wrong, and what nobody could tell. Something wrong outweighs something unknown, and both outweigh a pass.
final class Judgement {
    private record Wrong(Finding finding, Change change, String next) {}

    private final List<Wrong> wrong = new ArrayList<>();
    private final List<Change> unknown = new ArrayList<>();

    void wrong(Finding finding, Change change, String next) {
        wrong.add(new Wrong(finding, change, next));
    }

    void unknown(String what, String expected, String why) {
        unknown.add(new Change(what, expected, "unknown: " + why));
    }

    boolean anythingWrong() {
        return !wrong.isEmpty();
    }

    /// To be called where the fact is joined: makes it unknown, unless something is wrong anyway.
    void refuseToGuess() {
        if (!unknown.isEmpty() && wrong.isEmpty())
            throw new IllegalArgumentException(String.join("; ", unknown.stream().map(change -> change.what() + ": " + change.found()).toList()));
    }

    /// `further` are differences that could be mended, if it were not for the rest.
    Diff.Unmet unmet(List<Change> further) {
        var changes = new ArrayList<Change>(wrong.stream().map(Wrong::change).toList());
        changes.addAll(unknown);
        changes.addAll(further);
        var next = new LinkedHashSet<String>();
        wrong.forEach(one -> next.add(one.next().isEmpty() ? one.finding().next() : one.next()));
        return new Diff.Unmet(wrong.getFirst().finding(), changes, String.join("; ", next));
    }
}
