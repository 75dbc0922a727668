package dev.bluerig.ktls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalHostTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private final AgentHost host = TwoAgents.host();

    @TempDir
    Path directory;

    private Path run() throws IOException {
        return Files.createDirectory(directory.resolve("run"));
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void replaces_a_file_whole() throws IOException {
        Path run = run();
        host.write(run.toString(), "lease.json", text("a long first one"));
        assertEquals("short", Files.readString(host.write(run.toString(), "lease.json", text("short"))));
        assertEquals(1, run.toFile().list().length);
    }

    @Test
    void removes_its_directory_and_no_other() throws IOException {
        Path run = run();
        Path kept = Files.writeString(directory.resolve("kept"), "kept");
        Files.writeString(run.resolve("payload"), "x");
        Files.createSymbolicLink(run.resolve("link"), kept);
        host.remove(run.toString());
        assertFalse(Files.exists(run));
        assertTrue(Files.exists(kept));
        host.remove(run.toString());
    }

    @Test
    void keeps_a_directory_that_holds_another_or_is_a_link() throws IOException {
        Path run = run();
        Path file = Files.writeString(Files.createDirectory(run.resolve("other")).resolve("file"), "x");
        assertTrue(assertThrows(IOException.class, () -> host.remove(run.toString())).getMessage().contains("which the agent never made"));
        assertTrue(Files.exists(file));
        Path link = Files.createSymbolicLink(directory.resolve("link"), run);
        assertThrows(IOException.class, () -> host.remove(link.toString()));
        assertTrue(Files.exists(link));
    }

    @Test
    void tells_how_a_command_failed() throws IOException {
        host.run(List.of("true"), LONG);
        assertTrue(assertThrows(IOException.class, () -> host.run(List.of("ls", "/no/such/file"), LONG)).getMessage()
            .contains("/no/such/file"));
        assertThrows(IOException.class, () -> host.run(List.of("no-such-command-anywhere"), LONG));
        assertEquals("killed after 0 seconds",
            assertThrows(IOException.class, () -> host.run(List.of("sleep", "1000"), Duration.ofMillis(50))).getMessage());
    }
}
