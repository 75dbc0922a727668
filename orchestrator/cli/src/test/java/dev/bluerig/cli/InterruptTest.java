package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.report.Report;
import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.JournalLock;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.sim.Fault;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C: once ends the run between two tasks, with everything on record; twice ends the process at once. SIGTERM, SIGHUP and a closed
/// terminal end it as once does. What was begun can be finished later.
class InterruptTest {
    private static final List<String> MACHINES = List.of("host-a", "dpu-a", "host-b", "dpu-b");

    @TempDir
    private Path directory;
    private SimLab lab;
    private Path inventory;
    private LabRuns runs;

    @BeforeEach
    void start() throws IOException {
        lab = SimLab.start(SimTopology.of(1));
        inventory = lab.writeInventory(directory.resolve("lab"));
        runs = new LabRuns(directory.resolve("runs"), inventory, Duration.ofSeconds(30));
    }

    @AfterEach
    void end() throws IOException {
        lab.close();
    }

    private void slow(Duration each) {
        MACHINES.forEach(machine -> lab.strike(new Fault.Slow(machine, each)));
    }

    private void aLaterApplyEndsWell() throws IOException {
        MACHINES.forEach(lab::heal);
        var later = runs.run("apply", "bring-up");
        assertEquals(0, later.exit(), later.out());
    }

    @Test
    void the_task_that_runs_is_finished_and_the_rest_is_skipped() throws IOException {
        var left = runs.run(() -> lab.machine("host-a").modules().contains("tls"), "apply", "bring-up");
        assertEquals(130, left.exit(), left.out());
        var run = left.report().run();
        assertTrue(run.interrupted());
        assertEquals(OutcomeStatus.CHANGED, run.plays().get(1).tasks().get(1).results().get("host-a").outcome(), left.out());
        run.plays().stream().skip(2).flatMap(play -> play.tasks().stream()).flatMap(task -> task.results().values().stream())
            .forEach(result -> {
            assertEquals(OutcomeStatus.SKIPPED, result.outcome());
            assertEquals("interrupted", result.note());
        });
        assertTrue(left.text("report.md").contains("nterrupted"), left.text("report.md"));
        assertTrue(left.text("junit.xml").contains("<skipped message=\"interrupted\"/>"));
        assertTrue(left.journal().events().getLast() instanceof JournalEvent.RunEnded over && over.exit() == 130);
        aLaterApplyEndsWell();
    }

    @Test
    void one_signal_ends_the_process_between_two_tasks_with_a_report() throws Exception {
        slow(Duration.ofMillis(30));
        Process process = bluerig();
        Path run = untilItActs(process);
        interrupt(process);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
        assertEquals(130, process.exitValue(), said());
        assertTrue(said().contains("Ctrl-C again halts at once"), said());
        var report = Report.read("report.json", Files.readString(run.resolve("report.json")));
        assertTrue(report.run().interrupted());
        assertTrue(Set.of("ok", "changed", "skipped").containsAll(report.counts().keySet()), report.counts().toString());
        assertEquals(events(run, JournalEvent.RemedyBegan.class), events(run, JournalEvent.RemedyEnded.class));
        aLaterApplyEndsWell();
    }

    @Test
    void two_signals_halt_at_once_and_the_journal_tells_what_was_under_way() throws Exception {
        slow(Duration.ofSeconds(5));
        lab.machine("host-a").faults().slow(Duration.ZERO);
        lab.strike(new Fault.HungCommand("host-a", "install"));
        Process process = bluerig();
        Path run = untilItActs(process);
        interrupt(process);
        Thread.sleep(300);
        assertTrue(process.isAlive(), "the remedy hangs, so the first signal alone does not end it");
        interrupt(process);
        assertTrue(process.waitFor(5, TimeUnit.SECONDS), "at once");
        assertEquals(130, process.exitValue(), said());
        assertFalse(Files.exists(run.resolve("report.json")));
        assertEquals(events(run, JournalEvent.RemedyBegan.class), events(run, JournalEvent.RemedyEnded.class) + 1);
        assertEquals(0, events(run, JournalEvent.RunEnded.class));
        var told = runs.run("runs", "last", "--runs", directory.resolve("runs").toString());
        assertEquals(0, told.exit(), told.err());
        assertTrue(told.out().contains("host-a: remedies ended: ") && told.out().contains("begun and not ended: play "), told.out());
        aLaterApplyEndsWell();
    }

    /// `timeout` and shells send them to the process and to its group; once is enough, and twice is no more.
    @Test
    void the_systems_signals_end_the_process_between_two_tasks_with_a_report_however_often_they_come() throws Exception {
        slow(Duration.ofMillis(30));
        for (String signal : List.of("TERM", "HUP")) {
            Path before = directory.resolve("runs");
            Process process = bluerig();
            Path run = untilItActs(process);
            signal(process, signal);
            signal(process, signal);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
            assertEquals(130, process.exitValue(), said());
            assertTrue(said().contains("SIG" + signal + ": stopping"), said());
            assertTrue(Report.read("report.json", Files.readString(run.resolve("report.json"))).run().interrupted());
            assertEquals(events(run, JournalEvent.RemedyBegan.class), events(run, JournalEvent.RemedyEnded.class));
            assertEquals(1, events(run, JournalEvent.RunEnded.class));
            moved(before, signal);
        }
        aLaterApplyEndsWell();
    }

    /// So that the next one is alone.
    private void moved(Path runs, String name) throws IOException {
        Files.move(runs, directory.resolve("runs-" + name));
    }

    /// The kernel sends SIGHUP to who leads the session of a terminal that is gone; what is printed from then on is EIO.
    @Test
    void a_terminal_that_is_closed_is_the_same() throws Exception {
        slow(Duration.ofMillis(30));
        String line = command().stream().skip(1).map(word -> "'" + word + "'").collect(Collectors.joining(" ", "exec env ", ""));
        Process terminal = new ProcessBuilder("script", "-qec", line, "/dev/null").redirectErrorStream(true)
            .redirectOutput(directory.resolve("said.txt").toFile()).start();
        Path run = untilItActs(terminal);
        terminal.destroyForcibly();
        Path journal = run.resolve("journal.jsonl");
        await(() -> events(run, JournalEvent.RunEnded.class) == 1 && !JournalLock.isHeld(journal));
        assertEquals(130, WrittenJournal.read(journal).events(JournalEvent.RunEnded.class).findFirst().orElseThrow().exit());
        assertEquals(events(run, JournalEvent.RemedyBegan.class), events(run, JournalEvent.RemedyEnded.class));
        await(() -> Files.exists(run.resolve("junit.xml")));
        aLaterApplyEndsWell();
    }

    /// What is printed is lost, and the machines are done all the same.
    @Test
    void output_that_nobody_takes_ends_no_run() throws Exception {
        var lost = new ProcessBuilder(command()).redirectOutput(new File("/dev/full"))
            .redirectError(directory.resolve("said.txt").toFile()).start();
        assertTrue(lost.waitFor(60, TimeUnit.SECONDS), "it ends");
        assertEquals(1, lost.exitValue(), "all is done, and nobody was told: " + said());
        assertTrue(said().contains("not all of the output could be written: No space left on device"), said());
        Process left = new ProcessBuilder(command()).redirectError(directory.resolve("said.txt").toFile()).start();
        left.getInputStream().close();
        assertTrue(left.waitFor(60, TimeUnit.SECONDS), "it ends");
        assertEquals(0, left.exitValue(), "a reader that had enough: " + said());
        assertEquals("", said());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(Condition condition) throws IOException, InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < until, said());
            Thread.sleep(20);
        }
    }

    /// As the launcher starts it. Signals are given back their defaults, because a build in the background ignores SIGINT and its children
    /// would, too.
    private Process bluerig() throws IOException {
        return new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(directory.resolve("said.txt").toFile()).start();
    }

    private List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path home = CommandLineHarness.repository();
        return List.of("env", "--default-signal=INT,TERM,HUP", java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-Dbluerig.home=" + home, "-cp",
            System.getProperty("java.class.path"), "dev.bluerig.cli.Main", "apply", "bring-up", "-C", home.toString(), "-i",
            inventory.toString(),
            "--runs", directory.resolve("runs").toString());
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("said.txt"));
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        signal(process, "INT");
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
    }

    /// The directory of the run, once its journal says that a remedy is under way.
    private Path untilItActs(Process process) throws IOException, InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < until && process.isAlive()) {
            try (Stream<Path> all = Files.isDirectory(directory.resolve("runs")) ? Files.list(directory.resolve("runs")) : Stream.empty()) {
                for (Path run : all.filter(Files::isDirectory).toList())
                    if (Files.exists(run.resolve("journal.jsonl")) && events(run, JournalEvent.RemedyBegan.class) > 0) return run;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it never acted: " + said());
    }

    private static long events(Path run, Class<? extends JournalEvent> type) {
        return WrittenJournal.read(run.resolve("journal.jsonl")).events(type).count();
    }
}
