package dev.bluerig.trial.agent;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.deploy.AgentCache;
import dev.bluerig.trial.deploy.AgentCacheOptions;
import dev.bluerig.trial.deploy.AgentPackage;
import dev.bluerig.trial.deploy.DeploymentFailed;
import dev.bluerig.trial.deploy.InstalledAgent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The pair's real programs; what is to be brought is read once, when it is first needed.
final class ShippedAgent implements AgentRuntime {
    private final Path directory;
    private Optional<AgentCache> cache = Optional.empty();

    ShippedAgent(Path directory) {
        this.directory = directory;
    }

    private synchronized AgentCache cache() throws DeploymentFailed {
        if (cache.isEmpty()) cache = Optional.of(new AgentCache(AgentPackage.in(directory)));
        return cache.get();
    }

    @Override
    public InstalledAgent install(Machine machine, Session session) throws Unreachable, DeploymentFailed {
        return cache().install(machine.name(), session, AgentCacheOptions.of(machine));
    }

    @Override
    public List<AgentCache.Leftover> leftovers(Machine machine, Session session) throws Unreachable {
        return AgentCache.leftovers(session, AgentCacheOptions.of(machine));
    }

    @Override
    public List<String> purge(Machine machine, Session session) throws Unreachable {
        return AgentCache.purge(session, AgentCacheOptions.of(machine));
    }

    @Override
    public PairRun start(AgentEndpoint server, AgentEndpoint client, AgentPairSettings settings) throws AgentRunFailed {
        return new ShippedRun(AgentPair.start(server, client, settings));
    }

    private record ShippedRun(AgentPair pair) implements PairRun {
        @Override
        public int port() {
            return pair.port();
        }

        @Override
        public void transfer(Consumer<AgentPair.Progress> watcher) throws AgentRunFailed {
            pair.transfer(watcher);
        }

        @Override
        public AgentPair.Reports end() throws AgentRunFailed {
            return pair.end();
        }

        @Override
        public void close() {
            pair.close();
        }
    }
}
