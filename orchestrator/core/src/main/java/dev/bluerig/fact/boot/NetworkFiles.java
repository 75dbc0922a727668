package dev.bluerig.fact.boot;

import dev.bluerig.fact.PathListing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The `.network` and `.link` files of a machine and their drop-ins as systemd finds them: of several with one name that of the first
/// directory counts, an empty one or a link to /dev/null hides the others (systemd.network(5)). What netplan wrote below /run is left out:
/// it writes anew at boot.
final class NetworkFiles {
    private static final List<String> DIRECTORIES =
        List.of("/etc/systemd/network", "/run/systemd/network", "/usr/local/lib/systemd/network", "/usr/lib/systemd/network");
    private static final String OF_NETPLAN = "/run/systemd/network/10-netplan-";

    private NetworkFiles() {}

    /// In the order of their names. `hiding`: paths of empty files and of links to /dev/null.
    static List<NetworkFile> read(Map<String, String> files, Collection<String> hiding) {
        var below = new TreeSet<String>();
        for (Collection<String> paths : List.of(files.keySet(), hiding))
            for (String path : paths) if (isOne(path) || isDropIn(path)) below.add(path.substring(directory(path).length() + 1));
        var read = new ArrayList<NetworkFile>();
        for (String name : below) {
            String path = DIRECTORIES.stream().map(directory -> directory + "/" + name)
                .filter(candidate -> files.containsKey(candidate) || hiding.contains(candidate)).findFirst().orElseThrow();
            if (isDropIn(path) || !path.startsWith(OF_NETPLAN)) read.add(NetworkFile.parse(path, files.getOrDefault(path, "")));
        }
        return read;
    }

    /// Without those that are empty, which make nothing, and netplan's.
    static List<String> netdevs(PathListing there) {
        return there.paths().stream().filter(path -> path.endsWith(".netdev") && path.lastIndexOf('/') == directory(path).length())
            .filter(path -> !there.empty().contains(path) && !path.startsWith(OF_NETPLAN)).toList();
    }

    static boolean isOne(String path) {
        return (path.endsWith(".network") || path.endsWith(".link")) && path.lastIndexOf('/') == directory(path).length();
    }

    private static boolean isDropIn(String path) {
        return path.endsWith(".conf") && path.substring(directory(path).length()).matches("/[^/]+\\.(network|link)\\.d/[^/]+");
    }

    /// Empty for any other place.
    private static String directory(String path) {
        return DIRECTORIES.stream().filter(directory -> path.startsWith(directory + "/")).findFirst().orElse("");
    }
}
