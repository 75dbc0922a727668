package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageCacheTest {
    @TempDir
    Path directory;

    private static final LabProgress QUIET = _ -> {};

    /// Gives up at once, and remembers what was said.
    private record Impatient(List<String> said) implements LabProgress {
        @Override
        public void say(String line) {
            said.add(line);
        }

        @Override
        public boolean stopped() {
            return true;
        }
    }

    @Test
    void lies_where_the_user_says() {
        assertEquals(Path.of("/elsewhere/bluerig/kernel-lab"), ImageCache.of(Map.of("XDG_CACHE_HOME", "/elsewhere"), "/home/lab")
            .directory());
        assertEquals(Path.of("/home/lab/.cache/bluerig/kernel-lab"), ImageCache.of(Map.of(), "/home/lab").directory());
        assertEquals(Path.of("/home/lab/.cache/bluerig/kernel-lab"), ImageCache.of(Map.of("XDG_CACHE_HOME", "not/absolute"), "/home/lab")
            .directory(), "XDG: a relative path is ignored");
    }

    @Test
    void a_thing_is_made_once_for_each_fingerprint() throws LabFailed {
        var cache = new ImageCache(directory);
        var made = new ArrayList<String>();
        for (String fingerprint : List.of("aa", "bb", "aa"))
            cache.get("root.ext4", fingerprint, file -> {
                made.add(fingerprint);
                Files.writeString(file, fingerprint);
            });
        assertEquals(List.of("aa", "bb"), made);
        assertEquals("root-aa.ext4", cache.place("root.ext4", "aa").getFileName().toString());
        assertEquals("system-aa", cache.place("system", "aa").getFileName().toString());
    }

    @Test
    void what_failed_half_way_is_not_taken_for_whole() throws LabFailed {
        var cache = new ImageCache(directory);
        assertThrows(LabFailed.class, () -> cache.get("kernel", "aa", unfinished -> {
            Files.createDirectories(unfinished.resolve("deep"));
            throw new LabFailed("no network");
        }));
        assertFalse(cache.has("kernel", "aa"));
        try (ImageCache.Lock _ = cache.lock(QUIET)) {
            assertEquals(List.of("lock"), names());
        }
    }

    private List<String> names() {
        try (var all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).toList();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void what_nobody_asks_for_is_not_kept_for_ever() throws Exception {
        var cache = new ImageCache(directory);
        for (String fingerprint : List.of("old", "used")) {
            Path system = cache.get("system", fingerprint, tree -> Files.createDirectories(tree.resolve("usr")));
            Files.setLastModifiedTime(system, FileTime.from(Instant.now().minus(ImageCache.KEPT).minusSeconds(60)));
        }
        Files.writeString(cache.log("kernel"), "");
        try (ImageCache.Lock _ = cache.lock(QUIET)) {
            cache.get("system", "used", unused -> {
                throw new AssertionError("made twice");
            });
            cache.clearUnused(Instant.now());
        }
        assertEquals(List.of("kernel.log", "lock", "system-used"), names().stream().sorted().toList());
        try (ImageCache.Lock _ = cache.lock(QUIET)) {
            cache.clearUnused(Instant.now().plus(ImageCache.KEPT).plusSeconds(60));
        }
        assertEquals(List.of("kernel.log", "lock"), names().stream().sorted().toList());
    }

    @Test
    void who_may_only_read_takes_what_is_there() throws Exception {
        var owner = new ImageCache(directory);
        Path kernel;
        try (ImageCache.Lock _ = owner.lock(QUIET)) {
            kernel = owner.get("kernel", "aa", unfinished -> Files.writeString(unfinished, "aa"));
        }
        var old = FileTime.from(Instant.now().minus(ImageCache.KEPT).minusSeconds(60));
        Files.setLastModifiedTime(kernel, old);
        var reader = new ImageCache(directory, _ -> false);
        try (ImageCache.Lock _ = reader.lock(QUIET)) {
            assertEquals(kernel, reader.get("kernel", "aa", unused -> {
                throw new AssertionError("made by a reader");
            }));
            reader.clearUnused(Instant.now());
            LabFailed missing = assertThrows(LabFailed.class,
                () -> reader.get("kernel", "bb", unfinished -> Files.writeString(unfinished, "bb")));
            assertTrue(missing.getMessage().contains("this user may only read"), missing.getMessage());
        }
        assertEquals(old.toInstant(), Files.getLastModifiedTime(kernel).toInstant());
        assertEquals(List.of("kernel-aa", "lock"), names().stream().sorted().toList());
    }

    @Test
    void one_makes_things_at_a_time() throws LabFailed {
        var cache = new ImageCache(directory);
        var second = new Impatient(new ArrayList<>());
        try (ImageCache.Lock _ = cache.lock(QUIET)) {
            assertThrows(LabFailed.class, () -> cache.lock(second));
        }
        assertTrue(second.said().getFirst().startsWith("waiting: another bluerig"), second.said().toString());
        cache.lock(QUIET).close();
    }

    @Test
    void parts_of_a_fingerprint_keep_their_borders() {
        assertNotEquals(ContentId.of(List.of("ab", "c")), ContentId.of(List.of("a", "bc")));
        assertEquals(ContentId.of(List.of("ab", "c")), ContentId.of(List.of("ab", "c")));
    }
}
