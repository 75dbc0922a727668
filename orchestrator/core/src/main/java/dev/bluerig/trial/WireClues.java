package dev.bluerig.trial;

import java.util.Optional;

/// What a capture on the cable showed, or why there is none. Told of the end that sent it, and of the DPU where it was taken.
final class WireClues {
    private WireClues() {}

    /// Of the end that sent it.
    static Optional<String> plaintext(Scene scene) {
        return wire(scene).flatMap(wire -> scene.role().flatMap(wire::of)).filter(way -> way.leaks() > 0)
            .map(way -> Numbers.count(way.leaks()) + " segments with payload in clear, first " + way.leak());
    }

    static Optional<String> impossible(Scene scene) {
        return wire(scene).filter(wire -> !wire.silent().isEmpty() && here(scene, wire)).map(Wire::silent);
    }

    /// Little passed the cores although the capture had room for more.
    static Optional<String> passedBy(Scene scene) {
        return wire(scene).filter(wire -> wire.silent().isEmpty() && !wire.full() && here(scene, wire)).filter(wire -> silent(scene))
            .map(wire -> Numbers.count(wire.packets()) + " packets captured on " + wire.link() + " of " + wire.dpu());
    }

    private static boolean silent(Scene scene) {
        return scene.verdicts().stream().flatMap(verdict -> verdict.testimonies().stream())
            .anyMatch(testimony -> testimony.witness() == Witness.WIRE && testimony.says() == Testimony.Says.SILENT);
    }

    /// A scene of the first end stands for what belongs to no machine.
    private static boolean here(Scene scene, Wire wire) {
        return scene.machine().equals(wire.dpu()) || scene.role().filter(Role.SERVER::equals).isPresent() && !scene.around().containsKey(wire.dpu());
    }

    private static Optional<Wire> wire(Scene scene) {
        return scene.evidence().flatMap(Evidence::wire);
    }
}
