package dev.bluerig.trial;

import java.util.List;
import java.util.function.Consumer;

/// Drives the two programs of one run by the protocol of docs/pair-protocol.md: one thread drives, both programs' leases are renewed all along.
///
/// `start`, `play`, `state` as often as wanted, `end`; `close` in any case. Everything that goes wrong is a `DuetFailed`, a lost machine too.
public final class Duet implements AutoCloseable {
    /// How far a run is, about once a second: the payload bytes that each end has sent and received so far.
    public record Progress(double seconds, long sentByServer, long receivedByServer, long sentByClient, long receivedByClient) {}

    /// What both programs said of the whole run.
    public record Reports(PairReport server, PairReport client) {
        public PairReport of(Role role) {
            return role == Role.SERVER ? server : client;
        }
    }

    /// What the programs say of their connections at one moment.
    public record States(List<Sample> server, List<Sample> client) {}

    private Duet() {}

    /// Starts both programs; the server listens and both know each other's certificate. No connection yet.
    public static Duet start(Seat server, Seat client, DuetSettings settings) throws DuetFailed {
        throw new UnsupportedOperationException("" + server + client + settings);
    }

    /// Connects and returns when all payload is through; the connections stay open.
    public void play(Consumer<Progress> watcher) throws DuetFailed {
        throw new UnsupportedOperationException("" + watcher);
    }

    /// Asks both for their connections' state, after `play`.
    public States state() throws DuetFailed {
        throw new UnsupportedOperationException();
    }

    /// Closes the connections and hears the results; both programs end.
    public Reports end() throws DuetFailed {
        throw new UnsupportedOperationException();
    }

    /// What both programs have said so far, for a run that failed.
    public Reports soFar() {
        throw new UnsupportedOperationException();
    }

    /// Ends both programs, whatever they do; they put back what they changed.
    @Override
    public void close() {}
}
