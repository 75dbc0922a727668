package dev.bluerig.trial;

import dev.bluerig.remote.Reason;
import dev.bluerig.remote.Unreachable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Why one end stopped, as it came to be known; of several, which one is the cause and which follow from it.
record Blame(String machine, Role role, PairFailure failure, Optional<Unreachable> lost) {
    /// What a program says when the other one stopped for a reason of its own, the surest sign of it first.
    private static final List<String> CONSEQUENCES = List.of(PairTrouble.PEER_ALERT.name(), PairTrouble.CONNECT_REFUSED.name(), PairTrouble.CONNECT_TIMED_OUT.name(),
        PairTrouble.PEER_STOPPED.name(), DuetTrouble.PAYLOAD_STALLED.name(), DuetTrouble.PROGRAM_SILENT.name(), PairTrouble.LEASE_OVER.name());

    static Blame lost(String machine, Role role, Unreachable lost) {
        Reason reason = lost.reason();
        return new Blame(machine, role, new PairFailure(reason.name(), "", lost.getMessage()), Optional.of(lost));
    }

    /// 0: a cause by itself.
    int rank() {
        return CONSEQUENCES.indexOf(failure.code()) + 1;
    }

    /// `heard`: in the order they were heard; of equals the first one is the cause.
    static DuetFailed root(List<Blame> heard) {
        Blame root = heard.stream().min(Comparator.comparingInt(Blame::rank)).orElseThrow();
        List<String> consequences = heard.stream().filter(other -> other != root)
            .map(other -> other.machine + " (" + word(other.role) + "): " + other.failure.code() + ": " + other.failure.message()).toList();
        var named = new PairFailure(root.failure.code(), root.failure.errno(), root.machine + " (" + word(root.role) + "): " + root.failure.message());
        return new DuetFailed(root.machine, named, consequences, root.lost);
    }

    private static String word(Role role) {
        return switch (role) {
            case SERVER -> "server";
            case CLIENT -> "client";
        };
    }
}
