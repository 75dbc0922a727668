package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever somebody has put in a file's place, reading it ends, and says why it was no file to read.
class BoundedFileTest {
    @TempDir
    private Path directory;

    private static String why(Path file, int most) {
        return assertThrows(BoundedFile.Unreadable.class, () -> BoundedFile.bytes(file, most)).getMessage();
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
    }

    @Test
    void a_file_is_read_through_links_up_to_its_size() throws IOException {
        Path file = Files.write(directory.resolve("f"), new byte[]{1, 2, 3});
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertArrayEquals(new byte[]{1, 2, 3}, BoundedFile.bytes(link, 3));
        assertEquals("it is larger than 2 bytes", why(link, 2));
        assertThrows(NoSuchFileException.class, () -> BoundedFile.bytes(directory.resolve("gone"), 3));
        assertThrows(NoSuchFileException.class,
            () -> BoundedFile.bytes(Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("gone")), 3));
    }

    @Test
    void what_never_ends_or_never_begins_is_not_opened() throws Exception {
        assertEquals("it is a directory, not a file", why(directory, 9));
        for (Path endless : new Path[]{Path.of("/dev/zero"), Path.of("/dev/tty"), pipe(),
            Files.createSymbolicLink(directory.resolve("zero"), Path.of("/dev/zero"))})
            assertEquals("it is a device, a pipe or a socket, not a file", why(endless, 9));
    }

    @Test
    void a_file_that_the_kernel_makes_while_it_is_read_has_a_limit_too() {
        assertEquals("it is larger than 16 bytes", why(Path.of("/proc/cpuinfo"), 16));
    }

    @Test
    void reading_has_an_end_in_time() throws IOException {
        Path large = directory.resolve("large");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(BoundedFile.JSON);
        }
        assertTrue(assertThrows(BoundedFile.Unreadable.class, () -> BoundedFile.bytes(large, BoundedFile.JSON, Duration.ZERO)).getMessage()
            .startsWith("reading it does not end"));
    }

    @Test
    void the_first_byte_that_is_not_text_has_a_place() {
        assertEquals("\u00e9\ud83d\ude00\n", BoundedFile.utf8("f", "\u00e9\ud83d\ude00\n".getBytes(StandardCharsets.UTF_8)));
        for (String[] wrong : new String[][]{{"a\n\u00e9x\u00ff", "f:2:3: not UTF-8 text: a byte 0xff stands here"},
            {"\u00c3", "f:1:1: not UTF-8 text: a byte 0xc3 stands here"},
            {"ab\n\u00ed\u00a0\u0080", "f:2:1: not UTF-8 text: a byte 0xed stands here"},
            {"\u00c0\u00af", "f:1:1: not UTF-8 text: a byte 0xc0 stands here"}}) {
            byte[] bytes = wrong[0].replace("\u00e9", "\u00c3\u00a9").getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(wrong[1], assertThrows(InvalidInput.class, () -> BoundedFile.utf8("f", bytes)).getMessage());
        }
    }

    @Test
    void a_problem_stands_where_the_file_was_named() {
        var at = new Location("p.yaml", 3, 12);
        assertEquals("p.yaml:3:12: cannot read the playbook /dev/zero: it is a device, a pipe or a socket, not a file",
            assertThrows(InvalidInput.class, () -> BoundedFile.text(Path.of("/dev/zero"), 9, at, "the playbook")).getMessage());
        assertEquals("gone.yaml: there is no such playbook",
            assertThrows(InvalidInput.class, () -> BoundedFile.text(Path.of("gone.yaml"), 9, Location.file("gone.yaml"), "the playbook"))
            .getMessage());
    }
}
