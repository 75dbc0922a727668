package dev.bluerig.trial.agent;

import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.spec.Direction;
import java.util.List;
import java.util.Optional;

/// Everything that the program at one end said about one run.
///
/// - `fallback`: why records were handled in the program although the kernel was asked to, in words (`kernel has no TLS (TCP_ULP:
///   ENOENT)`); empty when not.
/// - `failure`: why the run ended early.
public record AgentReport(Role role, List<ConnectionSample> samples, TransferTotals sent, TransferTotals received, CpuUsage usage,
    String fallback, Optional<AgentFailure> failure) {
    public AgentReport {
        samples = List.copyOf(samples);
    }

    public TransferTotals of(Direction direction) {
        return direction == Direction.TX ? sent : received;
    }
}
