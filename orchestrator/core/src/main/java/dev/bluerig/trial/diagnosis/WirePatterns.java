package dev.bluerig.trial.diagnosis;

import dev.bluerig.protocol.Role;
import dev.bluerig.trial.evidence.CaptureResult;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.FigureFormat;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.Witness;
import java.util.Optional;

/// What a capture on the cable showed, or why there is none. Told of the end that sent it, and of the DPU where it was taken.
final class WirePatterns {
    private WirePatterns() {}

    /// Of the end that sent it.
    static Optional<String> plaintext(DiagnosisInput scene) {
        return wire(scene).flatMap(wire -> scene.role().flatMap(wire::of)).filter(way -> way.leaks() > 0)
            .map(way -> FigureFormat.count(way.leaks()) + " segments with payload in clear, first " + way.leak());
    }

    static Optional<String> impossible(DiagnosisInput scene) {
        return wire(scene).filter(wire -> !wire.silent().isEmpty() && here(scene, wire)).map(CaptureResult::silent);
    }

    /// Little passed the cores although the capture had room for more.
    static Optional<String> passedBy(DiagnosisInput scene) {
        return wire(scene).filter(wire -> wire.silent().isEmpty() && !wire.full() && here(scene, wire)).filter(wire -> silent(scene))
            .map(wire -> FigureFormat.count(wire.packets()) + " packets captured on " + wire.link() + " of " + wire.dpu());
    }

    private static boolean silent(DiagnosisInput scene) {
        return scene.verdicts().stream().flatMap(verdict -> verdict.testimonies().stream())
            .anyMatch(testimony -> testimony.witness() == Witness.WIRE && testimony.says() == Testimony.Says.SILENT);
    }

    /// A scene of the first end stands for what belongs to no machine.
    private static boolean here(DiagnosisInput scene, CaptureResult wire) {
        return scene.machine().equals(wire.dpu()) || scene.role().filter(Role.SERVER::equals).isPresent()
            && !scene.around().containsKey(wire.dpu());
    }

    private static Optional<CaptureResult> wire(DiagnosisInput scene) {
        return scene.evidence().flatMap(Evidence::wire);
    }
}
