package dev.bluerig.trial;

import java.util.List;
import java.util.Optional;

/// Everything that the program at one end said about one run.
///
/// - `fallback`: why records were handled in the program although the kernel was asked to, in words (`kernel has no TLS (TCP_ULP: ENOENT)`); empty when not.
/// - `failure`: why the run ended early.
public record PairReport(Role role, List<Sample> samples, Transfer sent, Transfer received, Usage usage, String fallback, Optional<PairFailure> failure) {
    public PairReport {
        samples = List.copyOf(samples);
    }

    public Transfer of(Half half) {
        return half == Half.TX ? sent : received;
    }
}
