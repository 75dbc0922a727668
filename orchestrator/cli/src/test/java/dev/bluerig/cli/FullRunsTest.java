package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `runs/` on a file system that is full (tmpfs(5), in a mount namespace of a process of its own), from the start, in the middle and at the
/// end: what became of the machines is told, and what was recorded before is shown as ever.
@NeedsNamespaceLab
class FullRunsTest {
    @TempDir
    private Path directory;

    @Test
    void what_cannot_be_kept_is_told_and_hides_no_other_run() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder("unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs \"$1\" && shift && exec \"$@\"",
            "sh", disk.toString(), java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
            OnFullDisk.class.getName(), directory.toString(), disk.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("full at the start, in the middle and at the end"), said);
    }

    /// What the process does: each time with fresh machines and another part of the disk free.
    static final class OnFullDisk {
        /// KiB: a part of the journal.
        private static final int MIDDLE = 16;
        private static final int PAGE = 4;

        private OnFullDisk() {}

        public static void main(String[] words) throws IOException {
            Path directory = Path.of(words[0]);
            Path disk = Path.of(words[1]);
            Path runs = disk.resolve("runs");
            applied(directory.resolve("first"), runs, 0);
            applied(directory.resolve("start"), runs, full(disk, 0));
            applied(directory.resolve("middle"), runs, full(disk, MIDDLE));
            applied(directory.resolve("end"), runs, full(disk, withoutReports(runs)));
            Files.deleteIfExists(disk.resolve("ballast"));
            var all = new LabRuns(runs, directory.resolve("first/inventory.yaml"), Duration.ofSeconds(30)).run("runs", "--runs",
                runs.toString());
            assertEquals(0, all.exit(), all.err());
            assertTrue(all.out().lines().findFirst().orElse("").endsWith("exit 0  (sim)"), all.out());
            System.out.println("full at the start, in the middle and at the end");
            System.exit(0);
        }

        /// KiB of journal and evidence of the first run, in whole pages.
        private static int withoutReports(Path runs) throws IOException {
            int pages = 1;
            try (Stream<Path> first = Files.list(runs); Stream<Path> all = Files.walk(first.sorted().findFirst().orElseThrow())) {
                for (Path file : all.filter(Files::isRegularFile).toList())
                    if (!file.getFileName().toString().matches("report.*|junit.xml")) pages += (int) (Files.size(file) / (PAGE << 10)) + 1;
            }
            return pages * PAGE;
        }

        /// Leaves so many KiB.
        private static int full(Path disk, int free) throws IOException {
            Files.deleteIfExists(disk.resolve("ballast"));
            long most = Files.getFileStore(disk).getUsableSpace();
            Files.write(disk.resolve("ballast"), new byte[Math.toIntExact(most - free * 1024L)]);
            return free;
        }

        private static void applied(Path place, Path runs, int free) throws IOException {
            boolean first = place.endsWith("first");
            try (var lab = SimLab.start(SimTopology.of(1))) {
                var left = new LabRuns(runs, lab.writeInventory(place), Duration.ofSeconds(30)).run("apply", "bring-up");
                String all = place.getFileName() + ": " + left.exit() + "\n" + left.out() + left.err();
                if (first) {
                    assertEquals(0, left.exit(), all);
                    return;
                }
                assertTrue(left.err().contains("JOURNAL_UNWRITABLE") && left.err().contains("No space left on device"), all);
                assertFalse(left.err().contains("defect"), all);
                assertEquals(free == 0 ? 4 : 1, left.exit(), all);
                assertEquals(free == MIDDLE, left.out().contains("skipped (because of JOURNAL_UNWRITABLE)"), all);
                assertEquals(free > 0, left.out().contains("changed"), all);
                assertEquals(free > MIDDLE, left.out().contains("reach") && !left.out().contains("failed"), all);
            }
            var runsNow = list(runs);
            assertTrue(runsNow.getFirst().endsWith("exit 0  (sim)"), runsNow.toString());
        }

        private static List<String> list(Path runs) throws IOException {
            return new ArrayList<>(new LabRuns(runs, runs, Duration.ofSeconds(1)).run("runs", "--runs", runs.toString()).out().lines()
                .toList());
        }
    }
}
