package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.report.Report;
import dev.bluerig.run.Journal;
import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.Plan;
import dev.bluerig.run.Redaction;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.RunStart;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One run that cannot be read is one line, and the others are told as ever.
class FormerRunsTest {
    private static final List<String> BAD =
        List.of("20260102T000000Z-empty", "20260103T000000Z-cut", "20260104T000000Z-bytes", "20260105T000000Z-directory",
        "20260106T000000Z-newer",
        "20260107T000000Z-device", "20260108T000000Z-other", "20260109T000000Z-none");

    @TempDir
    private Path directory;
    private CommandLineHarness harness;

    private static String report(String id) {
        return Report.of(new RunRecord(id, Mode.CHECK, Instant.EPOCH, Instant.EPOCH, "me", "bluerig", "i.yaml", "p.yaml", Optional.empty(),
            Optional.empty(), false, List.of(), List.of(), Map.of())).json();
    }

    private Path run(String id, String report) throws IOException {
        harness.write("runs/" + id + "/journal.jsonl", "");
        return harness.write("runs/" + id + "/report.json", report);
    }

    @BeforeEach
    void runs() throws IOException {
        harness = new CommandLineHarness(directory);
        run("20260101T000000Z-good", report("20260101T000000Z-good"));
        run(BAD.get(0), "");
        String whole = report(BAD.get(1));
        run(BAD.get(1), whole.substring(0, whole.length() / 2));
        Files.write(run(BAD.get(2), ""), new byte[]{'{', (byte) 0xff, '}'});
        Path file = run(BAD.get(3), "");
        Files.delete(file);
        Files.createDirectory(file);
        run(BAD.get(4), report(BAD.get(4)).replace("\"schema\": 3", "\"schema\": 4"));
        Files.delete(run(BAD.get(5), ""));
        Files.createSymbolicLink(directory.resolve("runs").resolve(BAD.get(5)).resolve("report.json"), Path.of("/dev/zero"));
        run(BAD.get(6), "{\"something\": \"else\"}");
        Files.delete(run(BAD.get(7), ""));
    }

    @Test
    void each_is_one_line_of_the_list() throws IOException {
        run("20260110T000000Z-good", report("20260110T000000Z-good"));
        var result = harness.run(CommandLineHarness.never(), "runs");
        assertEquals(0, result.exit(), result.toString());
        var lines = result.out().lines().toList();
        assertEquals(BAD.size() + 2, lines.size(), result.out());
        assertTrue(lines.getFirst().startsWith("20260101T000000Z-good  check")
            && lines.getLast().startsWith("20260110T000000Z-good  check"), result.out());
        for (int i = 0; i < BAD.size(); i++) assertTrue(lines.get(i + 1).startsWith(BAD.get(i) + "  no report: "), lines.get(i + 1));
        assertTrue(result.out().contains("a report of schema 4; this bluerig reads 1, 2 and 3") && result.out().contains("0xff")
            && result.out().contains("it is a directory"), result.out());
        assertEquals(0, harness.run(CommandLineHarness.never(), "runs", "last").exit());
    }

    @Test
    void the_last_that_can_be_read_is_shown_and_the_others_are_named() {
        var result = harness.run(CommandLineHarness.never(), "runs", "last");
        assertEquals(0, result.exit(), result.toString());
        for (String bad : BAD) assertTrue(result.err().contains(bad), bad + ": " + result.err());
        assertEquals(BAD.size(), result.err().lines().filter(line -> line.endsWith("this is the run before it")).count(), result.err());
    }

    @Test
    void a_program_is_never_given_an_older_run_for_the_last() {
        var result = harness.run(CommandLineHarness.never(), "runs", "last", "--output", "json");
        assertEquals(4, result.exit(), result.toString());
        assertEquals("", result.out());
        assertTrue(result.err().contains(BAD.getLast()), result.err());
    }

    @Test
    void one_that_is_asked_for_by_name_says_what_is_wrong_with_it() {
        for (String bad : BAD) {
            var result = harness.run(CommandLineHarness.never(), "runs", bad);
            assertEquals(4, result.exit(), result.toString());
            assertTrue(result.err().contains(bad) && result.out().isEmpty(), result.toString());
            assertFalse(result.err().contains("defect"), result.err());
        }
    }

    @Test
    void a_run_that_is_shown_says_which_it_is() {
        var result = harness.run(CommandLineHarness.never(), "runs", "20260101");
        assertEquals("run 20260101T000000Z-good: check of p.yaml with i.yaml by me, 1970-01-01T00:00:00Z to 1970-01-01T00:00:00Z, exit 0",
            result.out().lines().findFirst().orElse(""), result.toString());
    }

    @Test
    void a_directory_that_is_named_and_not_there_is_no_empty_list() {
        var result = harness.run(CommandLineHarness.never(), "runs", "--runs", "../nope");
        assertEquals(4, result.exit(), result.toString());
        assertTrue(result.err().contains("no such directory"), result.err());
    }

    /// The name tells the second alone, and its end is drawn by lot.
    @Test
    void runs_of_one_second_are_told_in_the_order_in_which_they_ended() throws IOException {
        var names = List.of("20260111T000000Z-ff", "20260111T000000Z-0a", "20260111T000000Z-77");
        for (int i = 0; i < names.size(); i++) {
            run(names.get(i), report(names.get(i)));
            Files.setLastModifiedTime(directory.resolve("runs").resolve(names.get(i)).resolve("journal.jsonl"),
                java.nio.file.attribute.FileTime.from(Instant.parse("2026-01-11T00:00:00.100Z").plusMillis(100L * i)));
        }
        var lines = harness.run(CommandLineHarness.never(), "runs").out().lines().toList();
        assertEquals(names, lines.subList(lines.size() - names.size(), lines.size()).stream()
            .map(line -> line.substring(0, line.indexOf(' '))).toList());
        assertTrue(harness.run(CommandLineHarness.never(), "runs", "last").out().startsWith("run 20260111T000000Z-77: "));
    }

    private static JournalEvent.Place place(String machine, int line) {
        return new JournalEvent.Place("ports", machine, "interface", "p.yaml:" + line + ":7");
    }

    /// What a run leaves whose process ends in the middle of a remedy and of a trial.
    private Path killed(String id) throws IOException {
        Path journal = harness.write("runs/" + id + "/x", "").resolveSibling("journal.jsonl");
        var change = List.of(new Change("p0 mtu", "9216", "1500"));
        var set = Command.of("ip", "link", "set", "dev", "p0", "mtu", "9216");
        var back = Command.of("ip", "link", "set", "dev", "p0", "mtu", "1500");
        var remedy = Remedy.of(List.of(set), List.of(back), Set.of());
        try (var written = Journal.create(journal, () -> Instant.EPOCH, Redaction.none())) {
            written.began(id, "ACCEPT", "i.yaml", "p.yaml", Optional.of("sim"), Optional.empty());
            for (String machine : List.of("host-001", "host-002", "host-003")) {
                written.acting(place(machine, 4), change, remedy);
                written.acted(place(machine, 4), remedy, List.of(new Reply.Ran(0, "", "")));
                written.outcome(place(machine, 4), new Outcome.Changed(change));
            }
            written.outcome(place("host-004", 4), new Outcome.Ok(""));
            written.acting(place("host-003", 9), change, remedy);
            written.trialBegan("proof", "pair-a");
            written.cell("proof", "pair-a", "1 over a-b: accepted");
            written.flipping("proof", "pair-a", "host-001", List.of(new Change("p0 tls", "off", "on")),
                List.of(Command.of("ethtool", "off")), List.of(Command.of("ethtool", "on")));
        }
        return journal;
    }

    @Test
    void a_killed_run_tells_what_it_had_done_to_each_machine() throws IOException {
        Path journal = killed("20260201T000000Z-dead");
        Files.writeString(journal, "{\"at\":\"1970-01-01T00:00:00Z\",\"event\":\"flipp", StandardOpenOption.APPEND);
        for (String id : List.of("20260201", "last")) {
            var said = harness.run(CommandLineHarness.never(), "runs", id);
            assertEquals(0, said.exit(), said.toString());
            assertEquals("""
                run 20260201T000000Z-dead: accept of p.yaml with i.yaml, 1970-01-01T00:00:00Z to 1970-01-01T00:00:00Z, no report: it was \
                killed, or is still under way
                  host-001, host-002: remedies ended: 1
                    ended, changed: play ports, `interface` (p.yaml:4:7)
                  host-003: remedies ended: 1, begun and not ended: 1
                    ended, changed: play ports, `interface` (p.yaml:4:7)
                    begun and not ended: play ports, `interface` (p.yaml:9:7)
                      p0 mtu: 1500 -> 9216
                      $ ip link set dev p0 mtu 9216
                      undone by: ip link set dev p0 mtu 1500
                  host-004: no remedy was begun
                  host-001: flags switched off, not known to be on again: trial proof on pair-a
                      p0 tls: on -> off
                      $ ethtool off
                      undone by: ethtool on
                  trial proof on pair-a: in progress since 1970-01-01T00:00:00Z, cells judged: 1
                SIMULATED: every machine of this run was a model inside bluerig
                """ + "journal: " + journal + "\n", said.out());
            assertTrue(said.err().contains("its last line is not whole: the run ended while it was written"), said.err());
        }
    }

    @Test
    void the_list_tells_it_on_one_line() throws IOException {
        killed("20260201T000000Z-dead");
        assertEquals("20260201T000000Z-dead  no report: accept of p.yaml with i.yaml  it was killed, or is still under way;"
            + " host-001, host-002: "
            + "remedies ended: 1; host-003: remedies ended: 1, begun and not ended: 1; host-004: no remedy was begun; host-001: flags "
            + "switched off, not known to be on again; trial proof on pair-a: in progress since 1970-01-01T00:00:00Z, "
            + "cells judged: 1  (sim)",
            harness.run(CommandLineHarness.never(), "runs").out().lines().toList().getLast());
    }

    @Test
    void a_run_that_lives_is_told_from_one_that_was_killed() throws IOException {
        Path file = harness.write("runs/20260202T000000Z-00aa/x", "").resolveSibling("journal.jsonl");
        var bound = new Plan.BoundFile("f", "0");
        var journal = Journal.create(file, () -> Instant.EPOCH, Redaction.none());
        journal.began("20260202T000000Z-00aa", "APPLY", "i.yaml", "p.yaml", Optional.empty(), Optional.of(new RunStart("me@here", "bluerig",
            42, "/lab", bound, bound, Optional.empty(), 50, Optional.empty(), Optional.of("former"))));
        String head = "20260202T000000Z-00aa  no report: apply of p.yaml with i.yaml, resumes former  ";
        assertEquals(head + "it is still under way, as process 42 of me@here", last());
        journal.close();
        assertEquals(head + "it was killed", last());
    }

    @Test
    void a_run_without_a_journal_is_one_of_the_list() throws IOException {
        Files.createDirectories(directory.resolve("runs/20260203T000000Z-00ab"));
        Files.createDirectories(directory.resolve("runs/mine"));
        assertTrue(last().startsWith("20260203T000000Z-00ab  no report: ") && last().endsWith("there is no such journal"), last());
    }

    private String last() {
        return harness.run(CommandLineHarness.never(), "runs").out().lines().toList().getLast();
    }

    @Test
    void a_program_is_given_no_journal_for_a_report() throws IOException {
        killed("20260201T000000Z-dead");
        for (String id : List.of("20260201", "last")) {
            var said = harness.run(CommandLineHarness.never(), "runs", id, "--output", "json");
            assertEquals(4, said.exit(), said.toString());
            assertTrue(said.out().isEmpty() && said.err().contains("before its report was written"), said.toString());
        }
    }
}
