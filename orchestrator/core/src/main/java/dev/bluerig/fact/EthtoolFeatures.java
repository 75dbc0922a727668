package dev.bluerig.fact;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What `ethtool -k` lists: `NAME: on|off`, perhaps with `[fixed]`, `[requested on]` or `[requested off]` (ethtool features.c
/// dump_one_feature).
public record EthtoolFeatures(Map<String, Feature> features) {
    /// `remark`: what stood in brackets, else empty.
    public record Feature(boolean on, String remark) {}

    private static final Set<String> REMARKS = Set.of("", "[fixed]", "[requested on]", "[requested off]");

    /// Throws `IllegalArgumentException` when nothing of it is a feature. A line of another shape, such as `on/off` of a manual, is none.
    public static EthtoolFeatures parse(String text) {
        var features = new TreeMap<String, Feature>();
        text.lines().map(String::strip).forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon <= 0) return;
            String value = line.substring(colon + 2).strip();
            boolean on = value.startsWith("on");
            String remark = value.startsWith("on") ? value.substring(2).strip() : value.startsWith("off") ? value.substring(3).strip()
                : "?";
            if (REMARKS.contains(remark))
                features.put(line.substring(0, colon), new Feature(on, remark.isEmpty() ? "" : remark.substring(1, remark.length() - 1)));
        });
        if (features.isEmpty()) throw new IllegalArgumentException("no features listed");
        return new EthtoolFeatures(features);
    }

    public Optional<Feature> of(String name) {
        return Optional.ofNullable(features.get(name));
    }
}
