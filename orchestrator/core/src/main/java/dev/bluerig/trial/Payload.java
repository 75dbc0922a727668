package dev.bluerig.trial;

import java.nio.file.Path;
import java.util.Map;

/// What is brought to hosts: the pair's program, and a Java runtime for each architecture that it was built for. Made by `./mvnw package`.
///
/// - `runtimes`: by what `uname -m` says.
public record Payload(Artifact program, Map<String, Artifact> runtimes) {
    public static final String PROGRAM = "bluerig-pair.jar";

    public Payload {
        runtimes = Map.copyOf(runtimes);
    }

    /// A file of the controller. `sha256`: 64 lower-case hex digits.
    public record Artifact(Path file, long bytes, String sha256) {}

    /// Reads `bluerig-pair.jar` and every `runtime-<uname -m>.tar.gz` of the directory.
    public static Payload in(Path directory) throws Undelivered {
        throw new UnsupportedOperationException("payload in " + directory);
    }
}
