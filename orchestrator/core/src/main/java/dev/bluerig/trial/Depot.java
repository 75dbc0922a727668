package dev.bluerig.trial;

import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.util.List;

/// Brings the pair's program to machines and keeps it there: once per content, found again without upload.
public final class Depot {
    private final Payload payload;

    public Depot(Payload payload) {
        this.payload = payload;
    }

    /// Finds the program on the machine, or brings it. `machine` names it in messages.
    public Installed install(String machine, Session session, DepotOptions options) throws Unreachable, Undelivered {
        throw new UnsupportedOperationException(machine + payload + session + options);
    }

    /// Removes the cache, only what is ours, and gives the paths that were removed.
    public static List<String> purge(Session session, DepotOptions options) throws Unreachable {
        throw new UnsupportedOperationException("purge " + session + options);
    }

    /// A run whose program was killed before it could put back what it had changed.
    ///
    /// - `restored`: the commands that were run for it, and now succeeded; `failed`: those that did not, with what they said.
    public record Leftover(String directory, List<String> restored, List<String> failed) {}

    /// Finds runs whose program is gone, runs what they left to restore, and removes them.
    public static List<Leftover> leftovers(Session session, DepotOptions options) throws Unreachable {
        throw new UnsupportedOperationException("leftovers " + session + options);
    }
}
