package dev.bluerig.trial.agent;

import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.spec.Load;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// One end of a run: what its program has said, and what became of it.
///
/// - `lastEventAt`: when its last event came, in nanoseconds of the driver's clock.
/// - `closing`: we end it, so what it says no longer counts.
record PairEnd(String machine, AgentState state, ProcessState processState, long lastEventAt, boolean closing) {
    sealed interface ProcessState {
        record Running() implements ProcessState {}

        /// It printed what is no event, and is not read any more.
        record Garbled() implements ProcessState {}

        /// `died`: nobody had ended it, and it had said neither a result nor why.
        record Exited(int status, String stderr, boolean died) implements ProcessState {}

        /// Its machine is lost, or its channel is closed.
        record Lost() implements ProcessState {}
    }

    /// Exit codes of a program that has put everything back (docs/pair-protocol.md).
    private static final Set<Integer> CLEAN = Set.of(0, 1, 2, 143);
    private static final int LINES = 5;

    static PairEnd started(Role role, String machine, Load load, long now) {
        var terms = new AgentState.Terms(role, load.connections(), load.verify() == LoadSettings.Verify.EVERY_BYTE);
        return new PairEnd(machine, AgentState.started(terms), new ProcessState.Running(), now, false);
    }

    Role role() {
        return state.terms().role();
    }

    boolean reached(AgentState.Phase phase) {
        return state.reached(phase);
    }

    /// It is listened to.
    boolean running() {
        return processState instanceof ProcessState.Running;
    }

    /// Nothing more comes from it.
    boolean over() {
        return processState instanceof ProcessState.Exited || processState instanceof ProcessState.Lost;
    }

    /// It has ended without having cleaned up.
    boolean uncleanly() {
        return processState instanceof ProcessState.Exited(int status, String _, boolean died) && (died || !CLEAN.contains(status));
    }

    /// What it said on stderr until it ended.
    String stderr() {
        return processState instanceof ProcessState.Exited(int _, String text, boolean _) ? text : "";
    }

    PairEnd in(AgentState next, long now) {
        return new PairEnd(machine, next, processState, now, closing);
    }

    PairEnd in(ProcessState next, long now) {
        return new PairEnd(machine, state, next, now, closing);
    }

    PairEnd closed() {
        return new PairEnd(machine, state, processState, lastEventAt, true);
    }

    /// How it ended, for people. `lastWords`: half a line that it said before, or nothing.
    static String ending(int status, String stderr, String lastWords) {
        return "it ended " + how(status) + (lastWords.isEmpty() ? "" : "; its last words: " + lastWords)
            + (stderr.isEmpty() ? "" : "; it said on stderr: " + last(stderr));
    }

    private static String how(int status) {
        if (status == 127) return "before it began: there is no such program (exit status 127)";
        if (status == 126) return "before it began: it may not be executed (exit status 126)";
        return status < 0 ? "by a signal" : "with exit status " + status;
    }

    private static String last(String text) {
        List<String> lines = Arrays.asList(text.split("\\R"));
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
