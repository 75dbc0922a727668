package dev.bluerig.fact.boot;

import dev.bluerig.fact.system.Services;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which programs would read files of links at the next boot: a file that nobody reads saves nothing.
///
/// - `networkd`: systemd-networkd is started at boot. `netplan`: its generator is there, and systemd-networkd, which it starts, may be
///   started.
/// - `ifupdown`: its program is there. `network`: the RHEL network service.
public record BootReaders(boolean networkd, boolean netplan, boolean ifupdown, boolean network) {
    static final Services.Seen UNITS = new Services.Seen(List.of("systemd-networkd.service", "networking.service", "network.service"));

    /// `there`: paths that were found. Without systemd nothing is known of units, and there is no systemd-networkd.
    static BootReaders of(Optional<Services> units, Set<String> there) {
        boolean may = usable(units, "systemd-networkd.service");
        boolean generator = there.stream().anyMatch(path -> path.endsWith("/system-generators/netplan"));
        boolean masked = units.flatMap(all -> all.unit("networking.service")).filter(Services.Unit::masked).isPresent();
        return new BootReaders(may && starts(units, "systemd-networkd.service"), may && generator,
            there.stream().anyMatch(path -> path.endsWith("sbin/ifup")) && !masked,
            usable(units, "network.service") && starts(units, "network.service"));
    }

    private static boolean usable(Optional<Services> units, String name) {
        return units.flatMap(all -> all.unit(name)).filter(unit -> unit.exists() && !unit.masked()).isPresent();
    }

    /// What runs although it is not enabled was started by another unit (netplan's), or counts as wanted.
    private static boolean starts(Optional<Services> units, String name) {
        return units.flatMap(all -> all.unit(name)).filter(unit -> unit.file().startsWith("enabled") || unit.enabled() || unit.running())
            .isPresent();
    }
}
