package dev.bluerig.trial;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The pair's real programs; what is to be brought is read once, when it is first needed.
final class Programs implements Ensemble {
    private final Path directory;
    private Optional<Depot> depot = Optional.empty();

    Programs(Path directory) {
        this.directory = directory;
    }

    private synchronized Depot depot() throws Undelivered {
        if (depot.isEmpty()) depot = Optional.of(new Depot(Payload.in(directory)));
        return depot.get();
    }

    @Override
    public Installed install(Machine machine, Session session) throws Unreachable, Undelivered {
        return depot().install(machine.name(), session, DepotOptions.of(machine));
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
        public int port() {
            return duet.port();
        }

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
