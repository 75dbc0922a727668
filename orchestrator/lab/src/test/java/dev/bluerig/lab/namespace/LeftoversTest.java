package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Labs do not meet, and `down` ends what any of them left: a cut-off start, a killed machine, lost files.
@NeedsNamespaceLab
final class LeftoversTest {
    @TempDir
    Path parent;

    private static final NamespaceLab.Options SMALL = NamespaceLab.Options.pairs(1).withoutOvs();

    private void assertNothingOf(Path directory) throws Exception {
        String prefix = NamespaceWiring.prefix(new NamespaceDirectory(directory).id());
        assertEquals(List.of(), Controller.traces(prefix, directory.toString()));
    }

    @Test
    void labs_stand_side_by_side() throws Exception {
        Path one = parent.resolve("one");
        Path two = parent.resolve("two");
        var first = new Controller(NamespaceLab.up(one, SMALL));
        try {
            var second = new Controller(NamespaceLab.up(two, NamespaceLab.Options.pairs(2).withoutOvs()));
            assertEquals(0, first.ssh("lab", "host-a", "true").status());
            assertEquals("host-004", second.ssh("lab", "host-004", "hostname").out().strip());
            NamespaceLab.down(two);
            assertNothingOf(two);
            assertTrue(NamespaceLab.status(one).up(), NamespaceLab.status(one).text());
            assertEquals(0, first.ssh("lab", "host-b", "true").status());
        } finally {
            NamespaceLab.down(two);
            NamespaceLab.down(one);
        }
        assertNothingOf(one);
    }

    @Test
    void a_killed_machine_is_dead_and_goes_with_the_rest() throws Exception {
        Path directory = parent.resolve("lab");
        NamespaceLab.up(directory, SMALL);
        ProcessHandle holder = ProcessHandle.of(NamespaceLab.holder(directory, "host-b").orElseThrow()).orElseThrow();
        holder.destroyForcibly();
        holder.onExit().get(10, TimeUnit.SECONDS);
        for (int i = 0; i < 500 && !NamespaceLab.status(directory).text().contains("host-b: dead"); i++) Thread.sleep(10);
        assertTrue(NamespaceLab.status(directory).text().contains("host-b: dead"),
            "its processes went with it: " + NamespaceLab.status(directory).text());
        assertFalse(NamespaceLab.machine(directory, "host-b").isPresent());
        NamespaceLab.down(directory);
        assertNothingOf(directory);
    }

    @Test
    void an_interrupted_start_is_cleared() throws Exception {
        Path directory = parent.resolve("lab");
        NamespaceLab.up(directory, SMALL);
        var lab = new NamespaceDirectory(directory);
        LabPrograms.succeed("ip", "netns", "delete", NamespaceWiring.prefix(lab.id()) + "dpu-b");
        Files.delete(lab.seed("dpu-a").resolve("pid"));
        Files.delete(lab.file("known_hosts"));
        assertTrue(NamespaceLab.status(directory).text().contains("dpu-b: absent"), NamespaceLab.status(directory).text());
        NamespaceLab.down(directory);
        assertNothingOf(directory);
    }

    @Test
    void lost_files_do_not_hide_a_lab() throws Exception {
        Path directory = parent.resolve("lab");
        NamespaceLab.up(directory, SMALL);
        Files.delete(directory.resolve("lab.state"));
        assertEquals(4, NamespaceLab.status(directory).machines().size());
        assertTrue(assertThrows(LabFailed.class, () -> NamespaceLab.up(directory, SMALL)).getMessage().contains("already"));
        NamespaceLab.down(directory);
        assertNothingOf(directory);
    }

    @Test
    void the_users_files_stay() throws Exception {
        Path directory = Files.createDirectories(parent.resolve("Größe, of \"it\": all"));
        Files.writeString(directory.resolve("notes"), "mine");
        NamespaceLab.up(directory, SMALL);
        NamespaceLab.down(directory);
        try (var left = Files.list(directory)) {
            assertEquals(List.of("notes"), left.map(path -> path.getFileName().toString()).toList());
        }
        Files.writeString(directory.resolve("inventory.yaml"), "mine");
        LabFailed refused = assertThrows(LabFailed.class, () -> NamespaceLab.up(directory, SMALL));
        assertTrue(refused.getMessage().contains("inventory.yaml exists"), refused.getMessage());
        assertEquals("mine", Files.readString(directory.resolve("inventory.yaml")));
    }

    @Test
    void too_many_pairs_are_refused_before_anything_is_made() {
        LabFailed refused = assertThrows(LabFailed.class, () -> NamespaceLab.up(parent.resolve("lab"), NamespaceLab.Options.pairs(33)));
        assertTrue(refused.getMessage().contains("1 to 32"), refused.getMessage());
        assertFalse(Files.exists(parent.resolve("lab")));
    }
}
