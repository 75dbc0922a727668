package dev.bluerig.trial.agent;

import java.util.List;

/// What the run cost one end.
///
/// - `user`, `system`: CPU seconds of the program; `machine`: busy CPU seconds of the whole machine, softirq included.
/// - `cores`: busy share of each core, 0..1.
/// - `voluntary`, `involuntary`: context switches of the program.
/// - `handshakes`: connections opened in request/response mode or at the start; `retransmits`: TCP segments its connections sent again.
public record CpuUsage(double user, double system, double machine, List<Double> cores, long voluntary, long involuntary, long handshakes, long retransmits) {
    public CpuUsage {
        cores = List.copyOf(cores);
    }

    public static CpuUsage none() {
        return new CpuUsage(0, 0, 0, List.of(), 0, 0, 0, 0);
    }
}
