package dev.bluerig.trial.run;

import dev.bluerig.trial.agent.AgentPair;

/// How fast payload flows now, from how much has flowed so far.
final class RateMeter {
    private double seconds;
    private long bytes;

    /// Both directions together, since the last time.
    double gigabits(AgentPair.Progress progress) {
        long now = progress.receivedByServer() + progress.receivedByClient();
        double passed = progress.seconds() - seconds;
        double gigabits = passed > 0 ? (now - bytes) * 8 / passed / 1e9 : 0;
        seconds = progress.seconds();
        bytes = now;
        return Math.max(0, gigabits);
    }
}
