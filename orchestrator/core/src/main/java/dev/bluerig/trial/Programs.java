package dev.bluerig.trial;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The pair's real programs.
record Programs(Path payload) implements Ensemble {
    @Override
    public Installed install(Machine machine, Session session) throws Unreachable, Undelivered {
        return new Depot(Payload.in(payload)).install(machine.name(), session, DepotOptions.of(machine));
    }

    @Override
    public List<Depot.Leftover> leftovers(Machine machine, Session session) throws Unreachable {
        return Depot.leftovers(session, DepotOptions.of(machine));
    }

    @Override
    public List<String> purge(Machine machine, Session session) throws Unreachable {
        return Depot.purge(session, DepotOptions.of(machine));
    }

    @Override
    public Performance start(Seat server, Seat client, DuetSettings settings) throws DuetFailed {
        return new Played(Duet.start(server, client, settings));
    }

    private record Played(Duet duet) implements Performance {
        @Override
        public void play(Consumer<Duet.Progress> watcher) throws DuetFailed {
            duet.play(watcher);
        }

        @Override
        public Duet.Reports end() throws DuetFailed {
            return duet.end();
        }

        @Override
        public void close() {
            duet.close();
        }
    }
}
