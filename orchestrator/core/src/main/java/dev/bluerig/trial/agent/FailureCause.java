package dev.bluerig.trial.agent;

import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.Role;
import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.VisibleText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Why one end stopped, as it came to be known; of several, which one is the cause and which follow from it.
record FailureCause(String machine, Role role, AgentFailure failure, Optional<Unreachable> lost) {
    /// What a program says when the other one stopped for a reason of its own, the surest sign of it first.
    private static final List<CodeName> CONSEQUENCES = Stream.<Code>of(
        new ExplainedAgentCode(AgentCode.PEER_ALERT), new ExplainedAgentCode(AgentCode.CONNECT_REFUSED),
        new ExplainedAgentCode(AgentCode.CONNECT_TIMED_OUT), new ExplainedAgentCode(AgentCode.PEER_STOPPED),
        DriverCode.PAYLOAD_STALLED, DriverCode.PROGRAM_SILENT, new ExplainedAgentCode(AgentCode.LEASE_OVER)).map(CodeName::of).toList();

    static FailureCause lost(String machine, Role role, Unreachable lost) {
        ConnectionCode reason = lost.reason();
        return new FailureCause(machine, role, new AgentFailure(reason, "", lost.getMessage()), Optional.of(lost));
    }

    /// 0: a cause by itself.
    int rank() {
        return CONSEQUENCES.indexOf(failure.code()) + 1;
    }

    /// `causes`: in the order they arrived; of equals the first one is the cause.
    static AgentRunFailed root(List<FailureCause> causes) {
        FailureCause root = causes.stream().min(Comparator.comparingInt(FailureCause::rank)).orElseThrow();
        List<String> consequences = causes.stream().filter(other -> other != root)
            .map(other -> other.machine + " (" + VisibleText.words(other.role) + "): " + other.failure.code() + ": "
                + other.failure.message()).toList();
        var named = new AgentFailure(root.failure.code(), root.failure.errno(), root.machine + " (" + VisibleText.words(root.role) + "): "
            + root.failure.message());
        return new AgentRunFailed(root.machine, named, consequences, root.lost);
    }
}
