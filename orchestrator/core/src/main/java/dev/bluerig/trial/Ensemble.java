package dev.bluerig.trial;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Who plays in an experiment: the pair's programs, brought to hosts and driven there. Implementations: the real ones, a fake.
public interface Ensemble {
    Installed install(Machine machine, Session session) throws Unreachable, Undelivered;

    /// What runs that were killed have left on the machine, put back and removed.
    List<Depot.Leftover> leftovers(Machine machine, Session session) throws Unreachable;

    /// Removes everything that was brought, and says what.
    List<String> purge(Machine machine, Session session) throws Unreachable;

    Performance start(Seat server, Seat client, DuetSettings settings) throws DuetFailed;

    /// One run of the two programs, as `Duet` describes it.
    interface Performance extends AutoCloseable {
        /// Where the server listens.
        int port();

        void play(Consumer<Duet.Progress> watcher) throws DuetFailed;

        Duet.Reports end() throws DuetFailed;

        @Override
        void close();
    }

    /// The payload lies in this directory, or is missing there, which is told when it is needed.
    static Ensemble in(Path payload) {
        return new Programs(payload);
    }
}
