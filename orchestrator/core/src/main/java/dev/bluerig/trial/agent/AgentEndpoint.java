package dev.bluerig.trial.agent;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Session;
import dev.bluerig.trial.deploy.InstalledAgent;
import java.util.List;

/// One end of a run: where its program is started and what it is told.
///
/// - `address`: the server listens on it, the client connects from it; without a prefix length.
/// - `cpus`: core numbers; empty: all.
/// - `restore`: run on the machine when the program ends, whatever the cause.
/// - `directory`: the run directory, from `InstalledAgent.directory`; no two runs share one.
public record AgentEndpoint(String machine, Session session, InstalledAgent installed, String address, List<Integer> cpus,
    List<Command> restore, String directory) {
    public AgentEndpoint {
        cpus = List.copyOf(cpus);
        restore = List.copyOf(restore);
    }
}
