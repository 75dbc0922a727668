package dev.bluerig.cli;

import dev.bluerig.trial.deploy.AgentPackage;
import dev.bluerig.trial.deploy.DeploymentFailed;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/// The agent as the build leaves it. Not there when only tests are run: told aloud, and a failure where the labs are required.
final class BuiltAgent {
    private BuiltAgent() {}

    static Path directory() {
        return CommandLineHarness.repository().resolve("orchestrator/ktls/target/pair");
    }

    static AgentPackage payload(String test) throws DeploymentFailed {
        try {
            return AgentPackage.in(directory());
        } catch (DeploymentFailed missing) {
            if ("required".equals(System.getenv("BLUERIG_LABS"))) throw missing;
            System.err.println("SKIPPED: " + test + " needs the payload: " + missing.getMessage() + "; " + missing.failure().next());
            throw new TestAbortedException(missing.getMessage(), missing);
        }
    }
}
