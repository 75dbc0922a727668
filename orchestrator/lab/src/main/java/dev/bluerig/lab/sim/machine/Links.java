package dev.bluerig.lab.sim.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The network devices of one machine, in the order of their index.
public final class Links {
    private final Map<String, Link> byName = new LinkedHashMap<>();
    private final int seed;
    private int last;

    /// `seed` makes the MAC addresses of this machine its own.
    Links(int seed) {
        this.seed = seed;
    }

    public synchronized Link add(String name, Link.Kind kind, Optional<String> pci, int port, int mtu, int maxMtu, Features features) {
        int index = ++last;
        // b8:3f:d2 is one of NVIDIA's prefixes; the rest counts machines and devices
        String mac = kind == Link.Kind.LOOPBACK ? "00:00:00:00:00:00"
            : "b8:3f:d2:%02x:%02x:%02x".formatted(seed >> 8 & 255, seed & 255, index);
        var link = new Link(index, name, kind, mac, pci, port, mtu, maxMtu, features);
        byName.put(name, link);
        return link;
    }

    public synchronized void remove(String name) {
        byName.remove(name);
    }

    public synchronized Optional<Link> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public synchronized List<Link> all() {
        return new ArrayList<>(byName.values());
    }
}
