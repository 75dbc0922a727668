package dev.bluerig.trial;

import dev.bluerig.trial.Testimony.Says;

/// How one witness is heard. What it says depends on the evidence alone.
sealed interface Hearing permits VersionWitness, StateWitness, KernelWitness, CardWitness, ErrorWitness, UnchangedWitness, FlipWitness, PathWitness, WireWitness {
    Witness witness();

    Testimony hear(Matter matter);

    default Testimony says(Says says, String required, String seen) {
        return new Testimony(witness(), says, required, seen);
    }
}
