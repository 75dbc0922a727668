package dev.bluerig.fact.boot;

import dev.bluerig.fact.PathListing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Sorts the files of all network services: ours by content, the others by what matters in them, so that no secret of theirs is kept.
record PersistentFiles(Map<String, String> files, Map<String, String> units, PathListing there, BootReaders readers,
    Optional<String> refused) {
    private static final String IFCFG = "/etc/sysconfig/network-scripts/ifcfg-";

    /// Without the devices of NetworkManager.
    Persistence persistence() {
        var ours = new TreeMap<>(units);
        files.forEach((path, text) -> {
            if (isOurs(path)) ours.put(path, text);
        });
        var foreign = foreign();
        var hiding = there.empty().stream().filter(path -> !isOurs(path)).toList();
        return new Persistence(Map.of(), readers, netplan(foreign), NetworkFiles.read(foreign, hiding), ifupdown(), ifcfg(), ours,
            NetworkFiles.netdevs(there));
    }

    /// Of both lists: files with lines, and netplan's and systemd's without, which hide others of their name.
    private Map<String, String> foreign() {
        var foreign = new LinkedHashMap<String, String>();
        there.empty().stream().filter(path -> path.contains("/netplan/")).forEach(path -> foreign.put(path, ""));
        files.forEach((path, text) -> {
            if (!isOurs(path)) foreign.put(path, text);
        });
        return foreign;
    }

    static boolean isNetplan(String path) {
        return path.startsWith("/etc/netplan/60-bluerig-");
    }

    private static boolean isOurs(String path) {
        return isNetplan(path) || path.startsWith(InterfacesFile.OURS) || path.startsWith("/etc/systemd/network/05-bluerig-");
    }

    private Optional<Netplan> netplan(Map<String, String> foreign) {
        boolean used = files.keySet().stream().anyMatch(path -> path.startsWith("/etc/netplan/"))
            || foreign.keySet().stream().anyMatch(path -> path.contains("/netplan/") && path.endsWith(".yaml"));
        return used ? Optional.of(new Netplan(NetplanFiles.read(foreign), refused)) : Optional.empty();
    }

    private Optional<InterfacesFile> ifupdown() {
        boolean second = there.paths().stream().anyMatch(path -> path.startsWith("/usr/share/ifupdown2/"));
        return files.containsKey(InterfacesFile.MAIN) ? Optional.of(InterfacesFile.of(files, second)) : Optional.empty();
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
