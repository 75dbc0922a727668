package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.secure.PairFailed;

/// What the agent's threads tell the one that decides.
sealed interface RunEvent {
    record Line(String text) implements RunEvent {}

    /// Nobody will say or hear anything any more, or the agent was told to end.
    record EndRequested() implements RunEvent {}

    record Failed(PairFailed why) implements RunEvent {}

    /// The first connection shook hands; the others have a time limit from here.
    record HandshakeDone() implements RunEvent {}

    /// The (first) connection of a worker stands.
    record Connected(ConnectionWorker worker) implements RunEvent {}

    /// A worker has exchanged everything.
    record WorkerDone(ConnectionWorker worker) implements RunEvent {}
}
