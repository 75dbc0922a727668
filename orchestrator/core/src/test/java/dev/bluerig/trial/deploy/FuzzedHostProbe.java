package dev.bluerig.trial.deploy;

import dev.bluerig.remote.Session;
import java.util.List;

/// What a host says of itself before the agent is brought to it.
public final class FuzzedHostProbe {
    public static final Class<? extends Exception> REFUSAL = DeploymentFailed.class;

    private FuzzedHostProbe() {}

    public static Object read(Session session) throws Exception {
        return HostProbe.to("host-a", session, AgentCacheOptions.NONE, List.of());
    }
}
