package dev.bluerig.remote.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Lines out of bytes that are cut anywhere, and where keeping them ends.
class LineSplitterTest {
    private static void feed(LineSplitter lines, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        lines.out(bytes, 0, bytes.length);
    }

    @Test
    void cut_anywhere() {
        String text = "one\n\n\u20ac and \ud83d\ude00\nlast without an end";
        byte[] bytes = text.getBytes(UTF_8);
        var random = new Random(3);
        for (int round = 0; round < 200; round++) {
            var lines = new LineSplitter();
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, 1 + random.nextInt(5));
                lines.out(bytes, at, count);
                at += count;
            }
            var seen = new ArrayList<String>();
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) seen.add(line.get());
            assertEquals(List.of("one", "", "\u20ac and \ud83d\ude00"), seen);
            assertEquals(Optional.of("last without an end"), lines.rest());
            assertEquals(Optional.empty(), lines.rest());
        }
    }

    @Test
    void what_nobody_listens_to_is_bounded() {
        var lines = new LineSplitter();
        String million = "x".repeat(1_000_000) + "\n";
        for (int i = 0; i < 16; i++) feed(lines, million);
        assertEquals(Optional.empty(), lines.tooMuch());
        assertEquals(1_000_000, lines.next().orElseThrow().length());
        feed(lines, million);
        assertEquals(Optional.empty(), lines.tooMuch(), "one was listened to, so there is room for one");
        feed(lines, million);
        assertTrue(lines.tooMuch().orElseThrow().contains("nobody has listened to"));
        feed(lines, "more\n");
        for (int i = 0; i < 16; i++) assertEquals(1_000_000, lines.next().orElseThrow().length());
        assertEquals(Optional.empty(), lines.next());
    }

    @Test
    void a_line_has_its_limit() {
        var lines = new LineSplitter();
        feed(lines, "y".repeat(LineSplitter.LINE) + "\n");
        assertEquals(LineSplitter.LINE, lines.next().orElseThrow().length());
        feed(lines, "y".repeat(LineSplitter.LINE));
        assertEquals(Optional.empty(), lines.tooMuch());
        feed(lines, "y");
        assertTrue(lines.tooMuch().orElseThrow().contains("longer than 1048576 bytes"));
    }

    @Test
    void the_end_of_stderr_is_kept() {
        var lines = new LineSplitter();
        var all = new StringBuilder();
        var random = new Random(4);
        while (all.length() < 50_000) {
            String piece = "complaint " + random.nextInt() + "\n".repeat(random.nextInt(2_000));
            all.append(piece);
            lines.err(piece.getBytes(UTF_8), 0, piece.length());
            assertEquals(all.substring(Math.max(0, all.length() - 4096)), lines.complaint());
        }
    }
}
