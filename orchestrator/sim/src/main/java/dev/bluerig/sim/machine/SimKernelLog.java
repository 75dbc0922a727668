package dev.bluerig.sim.machine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// What the kernel of a simulated machine has logged.
public final class SimKernelLog {
    /// Names as `dmesg --level` takes them.
    public enum Level { ERR, WARN, INFO }

    public record Line(Level level, Duration since, String text) {
        /// As `dmesg` prints it without a terminal.
        public String shown() {
            return "[%5d.%06d] %s".formatted(since.toSeconds(), since.toNanosPart() / 1000, text);
        }
    }

    /// The machine has been up for a while when the lab starts, as `/proc/uptime` says.
    static final Duration BEFORE = Duration.ofSeconds(600);

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Supplier<Duration> uptime;

    SimKernelLog(Supplier<Duration> uptime) {
        this.uptime = uptime;
    }

    public void say(Level level, String text) {
        lines.add(new Line(level, uptime.get().plus(BEFORE), text));
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }
}
