package dev.bluerig.bench.path;

import dev.bluerig.ktls.Meter;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.linux.LinuxMeter;
import java.util.Locale;
import java.util.Optional;

/// Meters this process from the middle of its bytes on.
final class HalfwayMeter {
    private record MidpointUsage(long bytes, Meter.Usage usage) {}

    private final Meter meter = new LinuxMeter();
    private final long middle;
    private Optional<MidpointUsage> seen = Optional.empty();

    HalfwayMeter(long bytes) {
        middle = bytes / 2;
    }

    void passed(long bytes) throws SystemFailure {
        if (bytes >= middle && seen.isEmpty()) seen = Optional.of(new MidpointUsage(bytes, meter.now()));
    }

    void end(long bytes) throws SystemFailure {
        MidpointUsage from = seen.orElseThrow();
        Meter.Usage cost = meter.now().since(from.usage());
        System.out.println(String.format(Locale.ROOT, "%.6f CPU seconds for %d bytes", cost.user() + cost.system(), bytes - from.bytes()));
    }
}
