package dev.bluerig.trial.verdict;

import dev.bluerig.trial.spec.TlsPlacement;

/// What one witness says about one direction of one end. `required` and `seen` are for people, with their numbers.
public record Testimony(Witness witness, Statement says, String required, String seen) {
    public enum Statement {
        HARDWARE, SOFTWARE, USER_SPACE, MIXED,
        /// It cannot be heard: what it would have told is unknown. Never a pass.
        SILENT,
        /// What it says cannot be true together with the rest, or shows an error.
        OBJECTS,
        /// It was not called: no flip was wanted, or the DPUs are not ours.
        NOT_CALLED;

        /// Whether it says just this.
        boolean isPlacement(TlsPlacement wanted) {
            return switch (this) {
                case HARDWARE -> wanted == TlsPlacement.HARDWARE;
                case SOFTWARE -> wanted == TlsPlacement.SOFTWARE;
                case USER_SPACE -> wanted == TlsPlacement.USER_SPACE;
                case MIXED -> wanted == TlsPlacement.MIXED;
                case SILENT, OBJECTS, NOT_CALLED -> false;
            };
        }
    }
}
