package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabFailed;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostToolTest {
    @TempDir
    Path directory;

    private static final Duration LONG = Duration.ofMinutes(1);

    private HostTool tool() {
        return HostTool.logging(directory.resolve("step.log"), _ -> {});
    }

    @Test
    void a_failure_tells_the_end_of_what_the_tool_said_and_where_all_of_it_is() {
        String said = assertThrows(LabFailed.class, () -> tool().run(LONG, "ls", directory.resolve("absent").toString())).getMessage();
        assertTrue(said.contains("exited 2") && said.contains("No such file") && said.contains(directory.resolve("step.log").toString()),
            said);
    }

    @Test
    void output_is_without_what_was_complained() throws LabFailed {
        assertEquals("en\n", tool().with("BLUERIG_WORD", "en").output(LONG, "printenv", "BLUERIG_WORD"));
    }

    @Test
    void a_tool_that_does_not_end_is_ended() {
        assertTrue(assertThrows(LabFailed.class, () -> tool().run(Duration.ofMillis(300), "sleep", "600")).getMessage()
            .contains("has not ended"));
    }

    @Test
    void who_stops_waiting_is_heard() {
        LabProgress stopping = new LabProgress() {
            @Override
            public void say(String line) {}

            @Override
            public boolean stopped() {
                return true;
            }
        };
        assertEquals("interrupted during sleep",
            assertThrows(LabFailed.class, () -> HostTool.logging(directory.resolve("l"), stopping).run(LONG, "sleep", "600")).getMessage());
    }

    @Test
    void the_build_carries_its_scripts_and_sources() {
        assertTrue(LabResources.texts("nic", "main.c").containsKey("Makefile"));
        assertTrue(LabResources.text("guest/process-1").startsWith("#!/bin/bash"));
    }
}
