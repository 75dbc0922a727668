package dev.bluerig.trial.deploy;

import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What one machine needs of the payload: the agent with a shipped runtime, or the agent alone beside a Java of the machine's own.
///
/// - `name`: the directory's name in a cache.
/// - `java`: of the machine's own.
record Bundle(AgentPackage payload, String name, Optional<AgentPackage.Artifact> runtime, Optional<String> java) {
    static final String RUNTIME = "runtime.tar.gz";

    /// docs/pair-protocol.md, the words that start the agent.
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xss512k", "-Xmx512m", "-jar");

    static Bundle shipped(AgentPackage payload, AgentPackage.Artifact runtime) {
        return new Bundle(payload, payload.name(Optional.of(runtime)), Optional.of(runtime), Optional.empty());
    }

    static Bundle own(AgentPackage payload, String java) {
        return new Bundle(payload, payload.name(Optional.empty()), Optional.empty(), Optional.of(java));
    }

    /// Shipped for each architecture.
    static Map<String, Bundle> shipped(AgentPackage payload) {
        var kits = new TreeMap<String, Bundle>();
        payload.runtimes().forEach((architecture, runtime) -> kits.put(architecture, shipped(payload, runtime)));
        return kits;
    }

    String directory(String cache) {
        return cache + "/" + name;
    }

    String java(String directory) {
        return java.orElse(directory + "/bin/java");
    }

    /// Asks whether a directory holds the bundle whole; answered by `CacheState`.
    List<Command> asking(String cache) {
        String directory = directory(cache);
        return List.of(Command.of("sha256sum", directory + "/" + AgentPackage.PROGRAM), Command.of(java(directory), "-version"));
    }

    InstalledAgent installed(String cache, boolean uploaded) {
        String directory = directory(cache);
        var words = new ArrayList<>(List.of(java(directory)));
        words.addAll(FLAGS);
        words.add(directory + "/" + AgentPackage.PROGRAM);
        return new InstalledAgent(words, cache, uploaded);
    }

    /// Bytes that a delivery takes at its peak: what arrives, our own copy of it, and what is unpacked.
    long space() {
        long arrives = payload.program().bytes() + runtime.map(AgentPackage.Artifact::bytes).orElse(0L);
        return 2 * arrives + payload.program().bytes() + runtime.map(AgentPackage.Artifact::unpacked).orElse(0L);
    }
}
