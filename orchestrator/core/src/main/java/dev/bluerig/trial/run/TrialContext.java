package dev.bluerig.trial.run;

import dev.bluerig.inventory.CableId;
import dev.bluerig.protocol.CoreList;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.agent.AgentRuntime;
import dev.bluerig.trial.deploy.InstalledAgent;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.Cores;
import dev.bluerig.trial.spec.PairTrial;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// What all rounds of one experiment share. `run`: names the run directories. `stop`: the user's Ctrl-C.
///
/// - `ends`: what was found of each end before the first round.
record TrialContext(String run, PairTrial trial, PairSessions sessions, AgentRuntime agentRuntime, Map<Role, HostBaseline> ends,
    TrialListener listener,
    BooleanSupplier stop) {
    TrialContext {
        ends = Map.copyOf(ends);
    }

    /// `kernel`: the release. `near`: the cores near the port of each cable, empty where that is not known.
    record HostBaseline(InstalledAgent installed, String kernel, Map<CableId, List<Integer>> near) {
        HostBaseline {
            near = Map.copyOf(near);
        }
    }

    /// Letters, digits and `-` alone, unlike any other run's.
    String name(int cell, CablePath path, String what) {
        return (run + "-" + trial.pair() + "-" + cell + "-" + trial.cables().indexOf(path.cable()) + "-" + what)
            .replaceAll("[^A-Za-z0-9-]", "-");
    }

    /// The same for the same cell, so that a run can be repeated.
    long seed(int cell) {
        return trial.pair().hashCode() * 1000L + cell & Long.MAX_VALUE;
    }

    List<Integer> cpus(CablePath path, Role role, Cores wanted) {
        if (wanted.all()) return List.of();
        return wanted.nearNic() ? ends.get(role).near().getOrDefault(path.id(), List.of()) : CoreList.read(wanted.text());
    }
}
