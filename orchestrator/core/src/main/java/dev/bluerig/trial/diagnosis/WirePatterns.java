package dev.bluerig.trial.diagnosis;

import dev.bluerig.protocol.Role;
import dev.bluerig.trial.evidence.CaptureResult;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.Witness;
import java.util.Optional;

/// What a capture on the cable showed, or why there is none. Told of the end that sent it, and of the DPU where it was taken.
final class WirePatterns {
    private WirePatterns() {}

    /// Of the end that sent it.
    static Optional<String> plaintext(DiagnosisInput input) {
        return wire(input).flatMap(wire -> input.role().flatMap(wire::of)).filter(way -> way.leaks() > 0)
            .map(way -> FigureText.count(way.leaks()) + " segments with payload in clear, first " + way.leak());
    }

    static Optional<String> impossible(DiagnosisInput input) {
        return wire(input).filter(wire -> !wire.silent().isEmpty() && here(input, wire)).map(CaptureResult::silent);
    }

    /// Little passed the cores although the capture had room for more.
    static Optional<String> passedBy(DiagnosisInput input) {
        return wire(input).filter(wire -> wire.silent().isEmpty() && !wire.full() && here(input, wire)).filter(wire -> silent(input))
            .map(wire -> FigureText.count(wire.packets()) + " packets captured on " + wire.link() + " of " + wire.dpu());
    }

    private static boolean silent(DiagnosisInput input) {
        return input.verdicts().stream().flatMap(verdict -> verdict.testimonies().stream())
            .anyMatch(testimony -> testimony.witness() == Witness.WIRE && testimony.says() == Testimony.Statement.SILENT);
    }

    /// The input of the first end stands for what belongs to no machine.
    private static boolean here(DiagnosisInput input, CaptureResult wire) {
        return input.machine().equals(wire.dpu()) || input.role().filter(Role.SERVER::equals).isPresent()
            && !input.around().containsKey(wire.dpu());
    }

    private static Optional<CaptureResult> wire(DiagnosisInput input) {
        return input.evidence().flatMap(Evidence::wire);
    }
}
