package dev.bluerig.sim.tool;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every program this lab models, by name.
public final class Tools {
    private static final Set<String> DIRECTORIES =
        Set.of("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/mellanox/iproute2/sbin");
    private static final Map<String, Tool> ALL = all();

    private Tools() {}

    public static Optional<Tool> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    public static boolean isProgramDirectory(String directory) {
        return DIRECTORIES.contains(directory);
    }

    private static Map<String, Tool> all() {
        var all = new HashMap<String, Tool>();
        all.putAll(TextTools.all());
        all.putAll(FileTools.all());
        all.putAll(SystemTools.all());
        all.putAll(ProcessTools.all());
        all.putAll(NetworkTools.all());
        all.putAll(KernelTools.all());
        all.putAll(CardTools.all());
        return Map.copyOf(all);
    }
}
