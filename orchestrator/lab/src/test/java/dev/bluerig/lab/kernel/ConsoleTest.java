package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleTest {
    @TempDir
    Path directory;

    @Test
    void marks_are_found_behind_a_prompt() {
        assertEquals(new Console.Stage.Starting(), Console.stage("BLUERIG-LAB-STAGE: root at 6.57\r\nroot@guest:/# "));
        assertEquals(new Console.Stage.Up(), Console.stage("root@guest:/# BLUERIG-LAB-UP 6.1.0-56-amd64\r\n"));
        assertEquals(new Console.Stage.Failed("the machines did not start (/lab/guest/start exited 1)"),
            Console.stage("root@guest:/# BLUERIG-LAB-FAILED: the machines did not start (/lab/guest/start exited 1)\r\n"));
    }

    /// Linux 6.1, as the console showed it.
    @Test
    void a_panic_is_a_failure_whatever_was_said_before() {
        assertEquals(new Console.Stage.Failed("Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100"),
            Console.stage("BLUERIG-LAB-UP\r\n[    9.133] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100\r\n"));
    }

    @Test
    void after_a_reset_only_what_is_new_counts() throws Exception {
        var console = new Console(directory.resolve("console.log"));
        assertEquals(0, console.length());
        assertEquals(new Console.Stage.Starting(), console.stage(0));
        Files.writeString(console.log(), "BLUERIG-LAB-UP\n");
        long since = console.length();
        assertEquals(new Console.Stage.Up(), console.stage(0));
        assertEquals(new Console.Stage.Starting(), console.stage(since));
        Files.writeString(console.log(), "BLUERIG-LAB-UP\nBLUERIG-LAB-UP\n");
        assertEquals(new Console.Stage.Up(), console.stage(since));
    }
}
