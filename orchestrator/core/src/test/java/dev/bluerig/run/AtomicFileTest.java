package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path directory;

    private List<String> left() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void it_replaces_whole_and_leaves_nothing_beside() throws IOException {
        Path file = directory.resolve("report.json");
        AtomicFile.write(file, "one\n");
        AtomicFile.write(file, "two\n");
        assertEquals("two\n", Files.readString(file));
        assertEquals(List.of("report.json"), left());
    }

    @Test
    void what_cannot_be_written_is_known_before_and_leaves_nothing() throws IOException {
        assertThrows(IOException.class, () -> AtomicFile.probe(directory.resolve("absent/plan.json")));
        assertThrows(IOException.class, () -> AtomicFile.probe(directory));
        AtomicFile.probe(directory.resolve("plan.json"));
        Path taken = Files.createDirectory(directory.resolve("report.json"));
        Files.writeString(taken.resolve("inside"), "so that it cannot be replaced");
        assertThrows(IOException.class, () -> AtomicFile.write(taken, "text"));
        assertEquals(List.of("report.json"), left());
    }
}
