package dev.bluerig.trial;

import dev.bluerig.inventory.Machine;
import java.util.Optional;

/// What the inventory's variables say about the pair's program on a machine.
///
/// - `cache`: variable `pair_cache`, the directory that holds it, an absolute path; by default `/var/cache/bluerig` for root, `~/.cache/bluerig` for others.
/// - `java`: variable `pair_java`, a JDK 22 or later of the machine's own, its `java` program or its directory; used instead of the shipped runtime.
public record DepotOptions(Optional<String> cache, Optional<String> java) {
    public static final DepotOptions NONE = new DepotOptions(Optional.empty(), Optional.empty());

    /// Throws `IllegalArgumentException` when a variable is not an absolute path.
    public static DepotOptions of(Machine machine) {
        return new DepotOptions(path(machine, "pair_cache"), path(machine, "pair_java"));
    }

    private static Optional<String> path(Machine machine, String variable) {
        return Optional.ofNullable(machine.vars().get(variable)).map(value -> {
            String path = value.toString();
            if (!path.matches("/[A-Za-z0-9_./+-]*[A-Za-z0-9_+-]") || path.contains("/../"))
                throw new IllegalArgumentException(machine.name() + ": variable `" + variable + "` is an absolute path of letters, digits and _ . + -, found " + path);
            return path;
        });
    }
}
