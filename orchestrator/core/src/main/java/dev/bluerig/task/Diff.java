package dev.bluerig.task;

import java.util.List;

/// What stands between a machine and a wanted state.
public sealed interface Diff {
    record Same() implements Diff {}

    /// The wanted state has no meaning on this machine (a switch plane in NIC mode): nothing is wrong, nothing is done.
    record NotApplicable(String why) implements Diff {}

    /// Only a person can close it. `next` is the command or action for this very case; empty means the finding's own.
    record Unmet(Finding finding, List<Change> changes, String next) implements Diff {
        public Unmet {
            changes = List.copyOf(changes);
        }
    }

    /// All changes of a task share one remedy, because OVS needs one transaction.
    record Mendable(List<Change> changes, Remedy remedy) implements Diff {
        public Mendable {
            changes = List.copyOf(changes);
            if (changes.isEmpty()) throw new IllegalArgumentException("mendable, but nothing differs");
        }
    }
}
