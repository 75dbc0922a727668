package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.WrittenJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Armed changes of the link that host-a is managed by, as typed: real OpenSSH, real links, and the process on the machine that waits.
@NeedsNamespaceLab
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
final class ArmedInNamespaceLabTest {
    private static final String ARMED = "/var/lib/bluerig/armed";
    private static final String DOWN = "{name: eno1, up: false}";

    @TempDir
    static Path directory;
    private static LabCommands desk;
    private static Path project;

    @BeforeAll
    static void up() throws Exception {
        project = directory.resolve("project");
        Files.createDirectories(project.resolve("playbooks"));
        desk = new LabCommands(directory, project);
        desk.up();
    }

    @AfterAll
    static void down() {
        desk.down();
    }

    private static void wish(String link) throws Exception {
        Files.writeString(project.resolve("playbooks/armed.yaml"),
            "- play: management\n  machines: host-a\n  tasks:\n  - interface: " + link + "\n");
    }

    private static String link() throws LabFailed {
        return desk.in("host-a", "ip", "-o", "link", "show", "dev", "eno1").replaceAll("qdisc .*", "")
            + desk.in("host-a", "ip", "-4", "-o", "address", "show", "dev", "eno1") + desk.in("host-a", "ip", "route", "show");
    }

    private static String left() throws LabFailed {
        return desk.inside("host-a").run("find", ARMED, "-mindepth", "1").output();
    }

    private static void has(LabCommands.Result result, String... lines) {
        for (String line : lines) assertTrue(result.has(line), "no `" + line + "` in:\n" + result.all());
    }

    @Test
    @Order(1)
    void what_is_refused_is_shown_as_armed_and_then_done_and_disarmed_over_a_new_connection() throws Exception {
        wish("{name: eno1, mtu: 1400}");
        var refused = desk.run("check", "armed");
        assertEquals(1, refused.exit(), refused.all());
        has(refused, "WOULD_CUT_PATH", "arm the change (--arm)");
        var check = desk.run("check", "--arm", "armed");
        assertEquals(2, check.exit(), check.all());
        has(check, "would be armed for 120 s", "eno1 mtu: 1500 -> 1400");
        var apply = desk.run("apply", "--arm", "armed");
        assertEquals(0, apply.exit(), apply.all());
        has(apply, "armed for 120 s, seen over a new connection, disarmed");
        assertTrue(link().contains("mtu 1400"), link());
        assertEquals("", left());
        while (desk.inside("host-a").run("pgrep", "-f", ARMED).status() == 0) TimeUnit.MILLISECONDS.sleep(50);
        var journal = WrittenJournal.read(desk.last().resolve("journal.jsonl"));
        assertEquals(List.of(JournalEvent.Armed.class, JournalEvent.RemedyBegan.class, JournalEvent.RemedyEnded.class,
            JournalEvent.Released.class, JournalEvent.TaskEnded.class), journal.events().stream().map(Object::getClass)
            .filter(type -> type != JournalEvent.RunBegan.class && type != JournalEvent.RunEnded.class).toList());
    }

    @Test
    @Order(2)
    void what_cuts_the_machine_off_is_taken_back_and_told() throws Exception {
        wish(DOWN);
        String before = link();
        var apply = desk.run("apply", "--arm=40", "armed");
        assertEquals(1, apply.exit(), apply.all());
        has(apply, "ARMED_REVERTED", "no new connection", "restored at", "failed commands: 0");
        assertEquals(before, link());
        assertEquals("", left());
    }

    @Test
    @Order(3)
    void when_the_controller_is_killed_the_machine_takes_it_back_alone_and_the_next_run_says_so_once() throws Exception {
        wish(DOWN);
        String before = link();
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "dev.bluerig.cli.Main", "apply",
            "--arm=40", "armed"));
        words.addAll(desk.arguments());
        Path said = directory.resolve("said.txt");
        Process controller = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        while (desk.in("host-a", "ip", "-o", "link", "show", "dev", "eno1").contains(",UP")) {
            assertTrue(controller.isAlive(), () -> "it ended before the link went down");
            TimeUnit.MILLISECONDS.sleep(50);
        }
        controller.destroyForcibly().waitFor();
        while (!left().contains("/result")) TimeUnit.MILLISECONDS.sleep(100);
        assertEquals(before, link());
        var runs = desk.run("runs", "last");
        has(runs, "armed, not known to be disarmed", "the machine takes it back by itself");
        wish("{name: eno1, mtu: 1450}");
        var next = desk.run("apply", "--arm", "armed");
        assertEquals(0, next.exit(), next.all());
        has(next, "an armed change was put back by the machine itself");
        assertEquals("", left());
        wish("{name: eno1, mtu: 1400}");
        var after = desk.run("apply", "--arm", "armed");
        assertEquals(0, after.exit(), after.all());
        assertTrue(!after.has("put back by the machine itself"), after.all());
    }

    @Test
    @Order(4)
    void what_nobody_would_take_back_after_a_reboot_is_refused_still() throws Exception {
        Files.writeString(project.resolve("playbooks/armed.yaml"), "- play: management\n  machines: host-a\n  tasks:\n"
            + "  - file: {path: /etc/ssh/sshd_config.d/x.conf, content: \"PermitRootLogin no\\n\"}\n");
        var apply = desk.run("apply", "--arm", "armed");
        assertEquals(1, apply.exit(), apply.all());
        has(apply, "WOULD_LOCK_OUT", "it cannot be armed: systemd does not run here");
        var least = desk.run("apply", "--arm=5", "armed");
        assertEquals(4, least.exit(), least.all());
        assertTrue(least.err().contains("from 40 to 3600 seconds, found 5"), least.all());
    }
}
