package dev.bluerig.sim.net;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The network devices of one machine, in the order of their index.
public final class SimLinks {
    private final Map<String, SimLink> byName = new LinkedHashMap<>();
    private final int seed;
    private int last;

    /// `seed` makes the MAC addresses of this machine its own.
    public SimLinks(int seed) {
        this.seed = seed;
    }

    public synchronized SimLink add(String name, SimLink.Kind kind, Optional<String> pci, int port, int mtu, int maxMtu,
        LinkFeatures features) {
        int index = ++last;
        // b8:3f:d2 is one of NVIDIA's prefixes; the rest counts machines and devices
        String mac = kind == SimLink.Kind.LOOPBACK ? "00:00:00:00:00:00"
            : "b8:3f:d2:%02x:%02x:%02x".formatted(seed >> 8 & 255, seed & 255, index);
        var link = new SimLink(index, name, kind, mac, pci, port, mtu, maxMtu, features);
        byName.put(name, link);
        return link;
    }

    public synchronized void remove(String name) {
        byName.remove(name);
    }

    public synchronized Optional<SimLink> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public synchronized List<SimLink> all() {
        return new ArrayList<>(byName.values());
    }
}
