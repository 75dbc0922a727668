package dev.bluerig.trial.verdict;

/// What one witness says about one half of one end. `required` and `seen` are for people, with their numbers.
public record Testimony(Witness witness, Says says, String required, String seen) {
    public enum Says {
        HARDWARE, SOFTWARE, USER_SPACE, MIXED,
        /// It cannot be heard: what it would have told is unknown. Never a pass.
        SILENT,
        /// What it says cannot be true together with the rest, or shows an error.
        OBJECTS,
        /// It was not called: no flip was wanted, or the DPUs are not ours.
        NOT_CALLED
    }
}
