package dev.bluerig.protocol;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How long the agent may go on unheard, and what it undoes when it ends.
///
/// - `restore`: commands to run when it ends, whatever the cause.
/// - `directory`: its run directory, which it removes.
/// - `lease`: when no line came for so long, it ends itself; whole seconds.
/// - `silence`: a connection on which nothing moves for so long is given up; whole seconds.
public record LifetimeSettings(List<List<String>> restore, String directory, Duration lease, Duration silence) {
    static final int SECONDS_OF_A_DAY = 86400;
    private static final int LONGEST_SILENCE = 3600;
    private static final int USUAL_SILENCE = 20;

    public LifetimeSettings {
        restore = restore.stream().map(List::copyOf).toList();
    }

    /// What an agent holds that hears nothing after `now`.
    public Lease lease(long pid, Instant now) {
        return new Lease(pid, now.plus(lease), restore);
    }

    JsonValue.Fields on(JsonValue.Fields line) {
        return line.with("restore", restore.stream().map(JsonValue::words).toList()).with("directory", directory)
            .with("lease", lease.toSeconds()).with("silence", silence.toSeconds());
    }

    static LifetimeSettings read(FieldReader fields) {
        List<List<String>> restore = fields.commands("restore");
        String directory = fields.text("directory", LifetimeSettings::deep, "an absolute path of at least two levels");
        long lease = fields.whole("lease", 1, SECONDS_OF_A_DAY);
        long silence = fields.whole("silence", 1, LONGEST_SILENCE, USUAL_SILENCE);
        return new LifetimeSettings(restore, directory, Duration.ofSeconds(lease), Duration.ofSeconds(silence));
    }

    /// So that a wrong word can never remove a directory of the system's.
    private static boolean deep(String directory) {
        if (directory.indexOf('\0') >= 0) return false;
        Path path = Path.of(directory);
        return path.isAbsolute() && path.equals(path.normalize()) && path.getNameCount() >= 2;
    }
}
