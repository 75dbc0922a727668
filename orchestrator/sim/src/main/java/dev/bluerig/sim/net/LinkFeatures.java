package dev.bluerig.sim.net;

import dev.bluerig.inventory.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The offload features of a network device, by the names of `ethtool -k`.
public final class LinkFeatures {
    /// `fixed`: cannot be changed. `on`: what is active.
    public record Feature(boolean on, boolean fixed) {}

    private final Map<String, Feature> features = new LinkedHashMap<>();
    /// Of those that were turned, what the driver begins with.
    private final Map<String, Feature> first = new LinkedHashMap<>();

    /// mlx5 on a host: TLS device offload as the card and the kernel allow it; RX is off until somebody turns it on (mlx5 en_accel/ktls.c).
    /// TX came with 5.3, RX with 5.9.
    public static LinkFeatures port(boolean crypto, Version kernel) {
        var all = common();
        boolean transmit = crypto && kernel.atLeast(new Version("5.3"));
        boolean receive = crypto && kernel.atLeast(new Version("5.9"));
        all.features.put("tls-hw-tx-offload", new Feature(transmit, !transmit));
        all.features.put("tls-hw-rx-offload", new Feature(false, !receive));
        all.features.put("hw-tc-offload", new Feature(false, false));
        return all;
    }

    /// On the Arm side TLS is stripped from uplinks and representors (mlx5 en_main.c: not supported in switchdev mode).
    public static LinkFeatures switchdev() {
        var all = common();
        all.features.put("hw-tc-offload", new Feature(true, false));
        return all;
    }

    public static LinkFeatures plain() {
        return common();
    }

    private static LinkFeatures common() {
        var all = new LinkFeatures();
        all.features.put("rx-checksumming", new Feature(true, false));
        all.features.put("tx-checksumming", new Feature(true, false));
        all.features.put("scatter-gather", new Feature(true, false));
        all.features.put("tcp-segmentation-offload", new Feature(true, false));
        all.features.put("generic-segmentation-offload", new Feature(true, false));
        all.features.put("generic-receive-offload", new Feature(true, false));
        all.features.put("large-receive-offload", new Feature(false, false));
        all.features.put("rx-vlan-offload", new Feature(true, false));
        all.features.put("tx-vlan-offload", new Feature(true, false));
        all.features.put("ntuple-filters", new Feature(false, false));
        all.features.put("receive-hashing", new Feature(true, false));
        all.features.put("highdma", new Feature(true, true));
        all.features.put("rx-vlan-filter", new Feature(true, false));
        all.features.put("vlan-challenged", new Feature(false, true));
        all.features.put("loopback", new Feature(false, true));
        all.features.put("rx-fcs", new Feature(false, false));
        all.features.put("rx-all", new Feature(false, false));
        all.features.put("l2-fwd-offload", new Feature(false, true));
        all.features.put("hw-tc-offload", new Feature(false, true));
        all.features.put("esp-hw-offload", new Feature(false, true));
        all.features.put("esp-tx-csum-hw-offload", new Feature(false, true));
        all.features.put("rx-udp_tunnel-port-offload", new Feature(true, false));
        all.features.put("tls-hw-tx-offload", new Feature(false, true));
        all.features.put("tls-hw-rx-offload", new Feature(false, true));
        all.features.put("rx-gro-hw", new Feature(false, true));
        all.features.put("tls-hw-record", new Feature(false, true));
        all.features.put("rx-gro-list", new Feature(false, false));
        all.features.put("macsec-hw-offload", new Feature(false, true));
        return all;
    }

    public synchronized Map<String, Feature> all() {
        return new LinkedHashMap<>(features);
    }

    public synchronized Optional<Feature> find(String name) {
        return Optional.ofNullable(features.get(name));
    }

    /// As the driver begins.
    public synchronized void reset() {
        features.putAll(first);
    }

    public synchronized void turn(String name, boolean on) {
        if (features.containsKey(name)) first.putIfAbsent(name, features.get(name));
        features.computeIfPresent(name, (same, feature) -> feature.fixed() ? feature : new Feature(on, false));
    }
}
