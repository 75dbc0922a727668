package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that cannot be written is a failure of `check`, and one that can be is written by `apply` as it was promised.
class FilesInSimTest {
    @TempDir
    private Path directory;

    private String play(String file) throws IOException {
        return Files.writeString(directory.resolve("files.yaml"), "- play: files\n  machines: host-a\n  tasks:\n    - file: {" + file
            + ", content: \"text\\n\"}\n").toString();
    }

    @Test
    void a_sure_failure_is_seen_before_anything_is_promised() throws IOException {
        try (var lab = SimLab.start(SimTopology.of(1))) {
            var runs = new LabRuns(directory.resolve("runs"), lab.writeInventory(directory.resolve("lab")), Duration.ofSeconds(30));
            for (var each : Map.of("path: /proc/sys/net/bluerig", "FILE_PLACE", "path: /etc/hostname/below", "FILE_PLACE",
                "path: /etc/example.conf, owner: nosuch", "FILE_OWNER").entrySet()) {
                var check = runs.run("check", play(each.getKey()));
                assertEquals(1, check.exit(), each.getKey() + ": " + check.out());
                assertTrue(check.out().contains(each.getValue()), check.out());
            }
            String deep = play("path: /etc/bluerig-test/deep/example.conf, owner: root:root");
            assertEquals(2, runs.run("check", deep).exit());
            assertEquals(0, runs.run("apply", deep).exit());
            assertEquals(0, runs.run("accept", deep).exit());
            assertEquals(Map.of(), lab.unknownCommands());
        }
    }
}
