package dev.bluerig.fact;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Sorts the files of all network services: ours by content, the others by what matters in them, so that no secret of theirs is kept.
record PersistentFiles(Map<String, String> files, Map<String, String> units, Map<String, String> networkd) {
    private static final String IFCFG = "/etc/sysconfig/network-scripts/ifcfg-";

    Persistence with(Map<String, Owner.NetworkManager> devices) {
        var ours = new TreeMap<>(units);
        files.forEach((path, text) -> {
            if (isOurs(path)) ours.put(path, text);
        });
        return new Persistence(devices, networkd, netplan(), ifupdown(), ifcfg(), ours);
    }

    private static boolean isOurs(String path) {
        return path.startsWith("/etc/netplan/60-bluerig-") || path.startsWith("/etc/network/interfaces.d/bluerig-");
    }

    private Optional<List<Owner.Definition>> netplan() {
        var foreign = new TreeMap<String, String>();
        files.forEach((path, text) -> {
            if (path.contains("/netplan/") && path.endsWith(".yaml") && !isOurs(path)) foreign.put(path, text);
        });
        boolean used = !foreign.isEmpty() || files.keySet().stream().anyMatch(path -> path.startsWith("/etc/netplan/"));
        return used ? Optional.of(NetplanFiles.definitions(foreign)) : Optional.empty();
    }

    private Optional<InterfacesFile> ifupdown() {
        return files.containsKey(InterfacesFile.MAIN) ? Optional.of(InterfacesFile.of(files)) : Optional.empty();
    }

    /// By the link's name, which is the end of the file's name (initscripts, sysconfig.txt).
    private Optional<Map<String, String>> ifcfg() {
        var found = new TreeMap<String, String>();
        files.forEach((path, text) -> {
            if (path.startsWith(IFCFG)) found.put(path.substring(IFCFG.length()), text);
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
