package dev.bluerig.cli;

import dev.bluerig.trial.Payload;
import dev.bluerig.trial.Undelivered;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/// The pair's program as the build leaves it. Not there when only tests are run: told aloud, and a failure where the labs are required.
final class BuiltPair {
    private BuiltPair() {}

    static Path directory() {
        return Bench.repository().resolve("orchestrator/ktls/target/pair");
    }

    static Payload payload(String test) throws Undelivered {
        try {
            return Payload.in(directory());
        } catch (Undelivered missing) {
            if ("required".equals(System.getenv("BLUERIG_LABS"))) throw missing;
            System.err.println("SKIPPED: " + test + " needs the payload: " + missing.getMessage() + "; " + missing.failure().next());
            throw new TestAbortedException(missing.getMessage(), missing);
        }
    }
}
