package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.lab.machine.LabPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive as another program unpacks it.
final class CpioTest {
    @TempDir
    Path directory;

    @Test
    @NeedsLab("busybox")
    void busybox_unpacks_it() throws Exception {
        byte[] archive = new Cpio().directory("bin").program("bin/one", "content".getBytes(StandardCharsets.UTF_8)).link("bin/sh", "one")
            .program("empty", new byte[0]).bytes();
        assertEquals(0, archive.length % 4);
        Path file = Files.write(directory.resolve("archive.cpio"), archive);
        Path out = Files.createDirectories(directory.resolve("out"));
        LabPrograms.Ran ran = LabPrograms.run(List.of("env", "--chdir=" + out, "busybox", "cpio", "-i", "-d", "-F", file.toString()));
        assertEquals(0, ran.status(), ran.output());
        assertEquals("content", Files.readString(out.resolve("bin/one")));
        assertTrue(Files.isExecutable(out.resolve("bin/one")));
        assertEquals(Path.of("one"), Files.readSymbolicLink(out.resolve("bin/sh")));
        assertEquals(0, Files.size(out.resolve("empty")));
    }

    /// Every field of the kernel's own description, at its place.
    @Test
    void a_header_says_what_follows() throws IOException {
        String archive = new String(new Cpio().program("a", "xyz".getBytes(StandardCharsets.UTF_8)).bytes(), StandardCharsets.ISO_8859_1);
        assertEquals("070701" + "00000001" + "000081ED" + "00000000" + "00000000" + "00000001" + "00000000" + "00000003"
            + "00000000".repeat(4) + "00000002" + "00000000", archive.substring(0, 110));
        assertEquals("a\0" + "xyz\0", archive.substring(110, 116));
        assertTrue(archive.substring(116).startsWith("070701") && archive.contains("TRAILER!!!"));
    }
}
