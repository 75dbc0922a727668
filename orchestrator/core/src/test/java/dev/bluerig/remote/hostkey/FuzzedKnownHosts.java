package dev.bluerig.remote.hostkey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// All that is asked of a known_hosts file, on one that anybody may have written.
public final class FuzzedKnownHosts {
    private FuzzedKnownHosts() {}

    public static Object read(Path file, String text) throws IOException {
        var known = KnownHosts.read(List.of(file));
        Optional<String> inventory = Optional.of("inventory.yaml");
        return List.of(known.notes(), known.entries("host-a"), known.entries("bad.example.org"), known.machines(inventory),
            known.elsewhere("dpu-a"), KnownHostsFile.without(text, "host-a"));
    }
}
