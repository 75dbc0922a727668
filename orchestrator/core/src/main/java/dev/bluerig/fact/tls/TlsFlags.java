package dev.bluerig.fact.tls;

import dev.bluerig.fact.EthtoolFeatures;

/// The TLS offload flags of one link, as the driver and the kernel report them.
public record TlsFlags(Flag transmit, Flag receive) {
    /// Their names, as `ethtool -k` and `-K` know them.
    public static final String TX = "tls-hw-tx-offload";
    public static final String RX = "tls-hw-rx-offload";

    /// How `ethtool -k` writes a feature. `ABSENT`: the kernel or ethtool does not know it (TX before 5.3, RX before 5.9).
    public enum Flag {
        ON("on"),
        OFF("off"),
        ON_FIXED("on [fixed]"),
        OFF_FIXED("off [fixed]"),
        /// Asked for, and the driver refused.
        OFF_REFUSED("off [requested on]"),
        /// Switched off, and the driver kept it.
        ON_REFUSED("on [requested off]"),
        ABSENT("not listed");

        private final String words;

        Flag(String words) {
            this.words = words;
        }

        public boolean on() {
            return this == ON || this == ON_FIXED || this == ON_REFUSED;
        }

        /// As ethtool writes it.
        public String words() {
            return words;
        }
    }

    public static TlsFlags parse(String text) {
        var features = EthtoolFeatures.parse(text);
        return new TlsFlags(flag(features, TX), flag(features, RX));
    }

    private static Flag flag(EthtoolFeatures features, String name) {
        return features.of(name).map(feature -> flag(feature.on(), feature.remark())).orElse(Flag.ABSENT);
    }

    private static Flag flag(boolean on, String remark) {
        if (remark.equals("fixed")) return on ? Flag.ON_FIXED : Flag.OFF_FIXED;
        if (remark.isEmpty()) return on ? Flag.ON : Flag.OFF;
        return on ? Flag.ON_REFUSED : Flag.OFF_REFUSED;
    }
}
