package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabRemoval;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Where a kernel lab keeps what took long to make, each thing under a name that says what it was made from.
///
/// A thing is made beside its place and renamed into it, so what lies there is whole; one `up` makes things at a time (`lock`). What no
/// `up` has asked for within `KEPT` is removed: images of older packages, modules of other sources.
///
/// Who may only read it takes what is there: a cache that root has made serves every user. `may`: whether this user may write a directory.
record ImageCache(Path directory, Predicate<Path> may) {
    static final String UNFINISHED = "making-";
    static final Duration KEPT = Duration.ofDays(30);
    private static final long GLANCE = 200;
    /// The lock itself, and the logs of steps, of which the last ones are kept.
    private static final String NO_THING = "lock|.*\\.log";

    ImageCache {
        directory = directory.toAbsolutePath().normalize();
    }

    ImageCache(Path directory) {
        this(directory, Files::isWritable);
    }

    /// `$XDG_CACHE_HOME`, else `~/.cache` (XDG Base Directory Specification).
    static ImageCache of(Map<String, String> environment, String home) {
        Path base = Optional.ofNullable(environment.get("XDG_CACHE_HOME")).filter(said -> said.startsWith("/")).map(Path::of)
            .orElse(Path.of(home, ".cache"));
        return new ImageCache(base.resolve("bluerig/kernel-lab"));
    }

    static ImageCache ofThisUser() {
        return of(System.getenv(), System.getProperty("user.home"));
    }

    /// Makes a thing at a path that does not exist yet: a file or a directory.
    interface ContentBuilder {
        void make(Path unfinished) throws IOException, LabFailed;
    }

    Path place(String name, String fingerprint) {
        int dot = name.lastIndexOf('.');
        return directory.resolve(dot < 0 ? name + "-" + fingerprint : name.substring(0, dot) + "-" + fingerprint + name.substring(dot));
    }

    boolean has(String name, String fingerprint) {
        return Files.exists(place(name, fingerprint));
    }

    /// Whether things can be made in it, or only taken from it.
    boolean writable() {
        return may.test(directory);
    }

    /// The thing of this name and fingerprint, made when it is not here. Only for who holds the lock.
    Path get(String name, String fingerprint, ContentBuilder maker) throws LabFailed {
        Path place = place(name, fingerprint);
        Path unfinished = directory.resolve(UNFINISHED + place.getFileName());
        try {
            if (Files.exists(place)) return writable() ? Files.setLastModifiedTime(place, FileTime.from(Instant.now())) : place;
            if (!writable())
                throw new LabFailed(place.getFileName() + " is not in the cache " + directory
                    + ", which this user may only read: let its owner run `bluerig lab kernel up` once more");
            LabRemoval.of(unfinished);
            maker.make(unfinished);
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            return place;
        } catch (IOException failed) {
            throw new LabFailed("cannot make " + place, failed);
        }
    }

    /// The tools' log of one step; the last one is kept.
    Path log(String step) {
        return directory.resolve(step + ".log");
    }

    /// The right to make things, until it is closed.
    record Lock(FileChannel channel, FileLock held) implements AutoCloseable {
        @Override
        public void close() throws LabFailed {
            try (channel) {
                held.release();
            } catch (IOException lost) {
                throw new LabFailed("cannot let go of the cache's lock", lost);
            }
        }
    }

    /// Waits until no other `up` makes things, then clears away what one that was killed had begun.
    Lock lock(LabProgress progress) throws LabFailed {
        Path file = directory.resolve("lock");
        try {
            Files.createDirectories(directory);
            var channel = writable() ? FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                : FileChannel.open(file, StandardOpenOption.READ);
            boolean said = false;
            while (true) {
                Optional<FileLock> held = attempt(channel);
                if (held.isPresent()) {
                    var lock = new Lock(channel, held.get());
                    clearUnfinished();
                    return lock;
                }
                if (!said) progress.say("waiting: another bluerig makes the images of the kernel lab in " + directory);
                said = true;
                if (progress.stopped()) throw new LabFailed("interrupted while another bluerig made the images");
                Thread.sleep(GLANCE);
            }
        } catch (IOException unusable) {
            throw new LabFailed("cannot use the cache " + directory + " (XDG_CACHE_HOME names another)", unusable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFailed("interrupted while another bluerig made the images", stopped);
        }
    }

    /// Shared by those who only read.
    private Optional<FileLock> attempt(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock(0, Long.MAX_VALUE, !writable()));
        } catch (OverlappingFileLockException heldInThisProcess) {
            return Optional.empty();
        }
    }

    /// Only for who holds the lock. A guest that runs keeps what it has open.
    void clearUnused(Instant now) throws IOException {
        if (!writable()) return;
        try (Stream<Path> all = Files.list(directory)) {
            for (Path thing : all.filter(path -> !path.getFileName().toString().matches(NO_THING)).toList())
                if (Files.getLastModifiedTime(thing).toInstant().isBefore(now.minus(KEPT))) LabRemoval.of(thing);
        }
    }

    /// Only for who holds the lock.
    void clearUnfinished() throws IOException {
        if (!writable()) return;
        try (Stream<Path> all = Files.list(directory)) {
            for (Path left : all.filter(path -> path.getFileName().toString().startsWith(UNFINISHED)).toList()) LabRemoval.of(left);
        }
    }
}
