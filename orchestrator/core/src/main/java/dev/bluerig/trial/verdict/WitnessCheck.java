package dev.bluerig.trial.verdict;

import dev.bluerig.trial.verdict.Testimony.Statement;

/// How one witness is heard. What it says depends on the evidence alone.
sealed interface WitnessCheck permits VersionWitness, StateWitness, KernelWitness, CardWitness, ErrorWitness, UnchangedWitness,
    FlipWitness, PathWitness, WireWitness {
    Witness witness();

    Testimony hear(DirectionEvidence evidence);

    default Testimony says(Statement says, String required, String seen) {
        return new Testimony(witness(), says, required, seen);
    }
}
