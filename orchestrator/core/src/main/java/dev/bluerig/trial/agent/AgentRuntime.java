package dev.bluerig.trial.agent;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.deploy.AgentCache;
import dev.bluerig.trial.deploy.DeploymentFailed;
import dev.bluerig.trial.deploy.InstalledAgent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Who plays in an experiment: the pair's programs, brought to hosts and driven there. Implementations: the real ones, a fake.
public interface AgentRuntime {
    InstalledAgent install(Machine machine, Session session) throws Unreachable, DeploymentFailed;

    /// What runs that were killed have left on the machine, put back and removed.
    List<AgentCache.Leftover> leftovers(Machine machine, Session session) throws Unreachable;

    /// Removes everything that was brought, and says what.
    List<String> purge(Machine machine, Session session) throws Unreachable;

    PairRun start(AgentEndpoint server, AgentEndpoint client, AgentPairSettings settings) throws AgentRunFailed;

    /// One run of the two programs, as `AgentPair` describes it.
    interface PairRun extends AutoCloseable {
        /// Where the server listens.
        int port();

        void transfer(Consumer<AgentPair.Progress> watcher) throws AgentRunFailed;

        AgentPair.Reports end() throws AgentRunFailed;

        @Override
        void close();
    }

    /// The payload lies in this directory, or is missing there, which is told when it is needed.
    static AgentRuntime in(Path payload) {
        return new ShippedAgent(payload);
    }
}
