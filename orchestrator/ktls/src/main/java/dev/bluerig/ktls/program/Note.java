package dev.bluerig.ktls.program;

import dev.bluerig.ktls.secure.PairFailed;

/// What the program's threads tell the one that decides.
sealed interface Note {
    record Line(String text) implements Note {}

    /// Nobody will say or hear anything any more, or the program was told to end.
    record Over() implements Note {}

    record Failed(PairFailed why) implements Note {}

    /// The first connection shook hands; the others have a time limit from here.
    record Met() implements Note {}

    /// The (first) connection of a lane stands.
    record Connected(Lane lane) implements Note {}

    /// A lane has exchanged everything.
    record Done(Lane lane) implements Note {}
}
