package dev.bluerig.trial.deploy;

import dev.bluerig.inventory.Machine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What the inventory's variables say about the agent on a machine.
///
/// - `cache`: variable `pair_cache`, the directory that holds it, an absolute path; by default `/var/cache/bluerig` for root,
///   `~/.cache/bluerig` for others.
/// - `java`: variable `pair_java`, a JDK 22 or later of the machine's own, its `java` program or its directory; used instead of the shipped
///   runtime.
/// - `flags`: variable `pair_java_flags`, more words for the JVM, separated by blanks; they come after ours, so `-Xmx256m` beats our own.
public record AgentCacheOptions(Optional<String> cache, Optional<String> java, List<String> flags) {
    public static final AgentCacheOptions NONE = new AgentCacheOptions(Optional.empty(), Optional.empty(), List.of());

    public AgentCacheOptions {
        flags = List.copyOf(flags);
    }

    /// The program in a directory of choice; else as by default.
    public static AgentCacheOptions cache(String directory) {
        return new AgentCacheOptions(Optional.of(directory), Optional.empty(), List.of());
    }

    /// Throws `IllegalArgumentException` when a variable is not an absolute path, or not a JVM's flags.
    public static AgentCacheOptions of(Machine machine) {
        return new AgentCacheOptions(path(machine, "pair_cache"), path(machine, "pair_java"), flags(machine));
    }

    private static List<String> flags(Machine machine) {
        String text = Objects.toString(machine.vars().get("pair_java_flags"), "").strip();
        if (text.isEmpty()) return List.of();
        for (String flag : text.split("\\s+"))
            if (!flag.matches("-X[A-Za-z0-9:+=._/-]+"))
                throw new IllegalArgumentException(machine.name() + ": variable `pair_java_flags` has words that begin with -X, of"
                    + " letters, digits and : + = . _ / -, found " + flag);
        return List.of(text.split("\\s+"));
    }

    private static Optional<String> path(Machine machine, String variable) {
        return Optional.ofNullable(machine.vars().get(variable)).map(value -> {
            String path = value.toString();
            if (!path.matches("/[A-Za-z0-9_./+-]*[A-Za-z0-9_+-]") || path.contains("/../"))
                throw new IllegalArgumentException(machine.name() + ": variable `" + variable
                    + "` is an absolute path of letters, digits and _ . + -, found " + path);
            return path;
        });
    }
}
