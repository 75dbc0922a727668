package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.armed.WayBack;
import dev.bluerig.converge.Outcome;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Secret;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.task.diff.Remedy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the journal of a run says when it is read again.
class JournalTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Change MTU = new Change("p0 mtu", "9216", "1500");
    private static final Command SET = Command.of("ip", "link", "set", "dev", "p0", "mtu", "9216");
    private static final Command BACK = Command.of("ip", "link", "set", "dev", "p0", "mtu", "1500");
    private static final Remedy REMEDY = Remedy.of(List.of(SET), List.of(BACK), Set.of());
    private static final RunStart START = new RunStart("me@here", "bluerig 1", 42, "/lab", new Plan.BoundFile("/lab/i.yaml", "0"),
        new Plan.BoundFile("/lab/p.yaml", "1"), Optional.of("host-*"), 50, Optional.of(new Plan.BoundFile("/lab/plan.json", "2")),
        Optional.of("former"));
    private static final JournalEvent.Place FIRST = new JournalEvent.Place("ports", "host-a", "interface", "p.yaml:4:7");
    private static final JournalEvent.Place SECOND = new JournalEvent.Place("ports", "host-a", "interface", "p.yaml:9:7");
    private static final JournalEvent.Place OTHER = new JournalEvent.Place("ports", "host-b", "interface", "p.yaml:4:7");

    private static final ArmedChange ARMED = armed("run-host-a-1");
    private static final ArmedChange OTHER_ARMED = armed("run-host-a-2");

    private static ArmedChange armed(String name) {
        return new ArmedChange(name, REMEDY, new WayBack(List.of(), List.of(), List.of(), List.of()), Duration.ofSeconds(120));
    }

    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void everyKindOfEvent() throws IOException {
        file = directory.resolve("journal.jsonl");
        try (var journal = Journal.create(file, () -> NOW, Redaction.none())) {
            journal.began("id", "APPLY", "i.yaml", "p.yaml", Optional.empty(), Optional.of(START));
            journal.acting(FIRST, List.of(MTU), REMEDY);
            journal.acted(FIRST, REMEDY, List.of(new Reply.Ran(0, "a\u0007\n\"b\"\n", "")));
            journal.outcome(FIRST, new Outcome.Changed(List.of(MTU)));
            journal.outcome(OTHER, new Outcome.Failed(Failure.of(RunCode.INTERNAL, List.of(MTU.at(Change.When.BOOT)), "why", ""), false));
            journal.acting(SECOND, List.of(MTU), REMEDY);
            journal.trialBegan("proof", "pair1");
            journal.cleaned("proof", "pair1", "host-a", List.of("ethtool -K p0"));
            journal.flipping("proof", "pair1", "host-a", List.of(MTU), List.of(SET), List.of(BACK));
            journal.flipping("proof", "pair1", "host-b", List.of(MTU), List.of(SET), List.of(BACK));
            journal.flipped("proof", "pair1", "host-b", true);
            journal.cell("proof", "pair1", "1 over a-b: accepted");
            journal.trialBegan("proof", "pair2");
            journal.trialEnded("proof", "pair2", "accepted");
            journal.purged("host-a", List.of());
            journal.notPurged("host-b", "no answer");
            journal.armed(SECOND, ARMED, "eno1: it would go down");
            journal.armed(FIRST, OTHER_ARMED, "eno1: it would go down");
            journal.released(FIRST, OTHER_ARMED, "taken back");
            journal.over(1);
        }
    }

    @Test
    void every_event_is_read_as_it_was_written() throws IOException {
        var read = WrittenJournal.read(file);
        assertEquals(Files.readString(file), read.events().stream().map(event -> JournalLine.of(event, Redaction.none()))
            .collect(Collectors.joining()));
        assertEquals(Set.of(JournalEvent.class.getPermittedSubclasses()),
            read.events().stream().map(Object::getClass).collect(Collectors.toSet()), "each type");
        assertEquals(List.of(ARMED.directory()), read.stillArmed().stream().map(JournalEvent.Armed::directory).toList());
        assertEquals(new HashSet<>(JournalLine.TYPES.values()), Set.of(JournalEvent.class.getPermittedSubclasses()));
        assertEquals(new JournalEvent.RemedyEnded(NOW, FIRST, List.of(new JournalEvent.LoggedReply(SET.toString(), "exit 0",
            "a\u0007\n\"b\"\n", ""))),
            read.events().get(2));
        assertTrue(read.foreign() == 0 && read.broken() == 0 && !read.torn(), read.toString());
    }

    @Test
    void lines_are_on_disk_as_they_always_were() throws IOException {
        var lines = Files.readAllLines(file);
        assertEquals("{\"at\":\"2026-01-02T03:04:05.678Z\",\"event\":\"began\",\"id\":\"id\",\"mode\":\"APPLY\",\"inventory\":\"i.yaml\","
            + "\"playbook\":\"p.yaml\",\"start\":{\"by\":\"me@here\",\"program\":\"bluerig 1\",\"process\":42,\"project\":\"/lab\","
            + "\"inventory\":{\"file\":\"/lab/i.yaml\",\"sha256\":\"0\"},\"playbook\":{\"file\":\"/lab/p.yaml\",\"sha256\":\"1\"},"
            + "\"limit\":\"host-*\",\"forks\":50,\"plan\":{\"file\":\"/lab/plan.json\",\"sha256\":\"2\"},\"resumes\":\"former\"}}",
            lines.getFirst());
        assertEquals("{\"at\":\"2026-01-02T03:04:05.678Z\",\"event\":\"acting\",\"place\":{\"play\":\"ports\",\"machine\":\"host-a\","
            + "\"task\":\"interface\",\"at\":\"p.yaml:4:7\"},\"changes\":[{\"what\":\"p0 mtu\",\"expected\":\"9216\",\"found\":\"1500\","
            + "\"when\":\"now\"}],\"commands\":[\"ip link set dev p0 mtu 9216\"],\"undo\":[\"ip link set dev p0 mtu 1500\"]}",
            lines.get(1));
        assertEquals("{\"at\":\"2026-01-02T03:04:05.678Z\",\"event\":\"trial\",\"trial\":\"proof\",\"pair\":\"pair2\","
            + "\"said\":\"ended: accepted\"}", lines.get(13));
        assertTrue(lines.get(10).contains("\"said\":\"host-b: the flags are on again\""), lines.get(10));
        assertEquals("{\"at\":\"2026-01-02T03:04:05.678Z\",\"event\":\"over\",\"exit\":1}", lines.getLast());
    }

    @Test
    void what_is_forced_to_disk_is_told_by_the_type() {
        var later = WrittenJournal.read(file).events().stream().filter(event -> !event.durable()).map(Object::getClass)
            .collect(Collectors.toSet());
        assertEquals(Set.of(JournalEvent.TaskEnded.class, JournalEvent.CellJudged.class), later);
    }

    @Test
    void remedies_trials_and_flags_that_did_not_end_are_told() {
        var read = WrittenJournal.read(file);
        var remedies = read.remedies();
        assertEquals(List.of("host-a", "host-b"), List.copyOf(remedies.keySet()));
        assertEquals(List.of(), remedies.get("host-b"));
        assertEquals(List.of(false, true), remedies.get("host-a").stream().map(WrittenJournal.RemedyTrace::open).toList());
        assertEquals(OutcomeStatus.CHANGED, remedies.get("host-a").getFirst().judged().orElseThrow().result().outcome());
        assertEquals(List.of(new WrittenJournal.TrialTrace("proof", "pair1", NOW, 1)), read.trialsInProgress());
        assertEquals(List.of("host-a"), read.flagsOff().stream().map(JournalEvent.FlipBegan::machine).toList());
    }

    /// What a trial does is told by our own words, whatever somebody's password is.
    @Test
    void a_password_hides_no_trial_in_progress() throws IOException {
        Path other = directory.resolve("other.jsonl");
        try (var journal = Journal.create(other, () -> NOW, new Redaction(List.of(new Secret("began"), new Secret("hidden-word"))))) {
            journal.trialBegan("proof", "pair1");
            journal.cleaned("proof", "pair1", "host-a", List.of("hidden-word"));
        }
        var read = WrittenJournal.read(other);
        assertEquals(1, read.trialsInProgress().size());
        assertEquals("host-a: ***", read.events(JournalEvent.Cleaned.class).findFirst().orElseThrow().said());
    }

    @Test
    void a_last_line_that_is_cut_anywhere_is_told_and_the_others_are_read() throws IOException {
        byte[] all = Files.readAllBytes(file);
        int last = Arrays.copyOf(all, all.length - 1).length;
        while (all[last - 1] != '\n') last--;
        for (int end = last + 1; end < all.length - 1; end++) {
            var read = WrittenJournal.of(Arrays.copyOf(all, end));
            assertTrue(read.torn() && read.broken() == 0, "at " + end);
            assertEquals(19, read.events().size());
        }
        assertFalse(WrittenJournal.of(Arrays.copyOf(all, all.length - 1)).torn(), "whole but for its line feed");
        assertEquals(new WrittenJournal(List.of(), 0, 0, false), WrittenJournal.of(new byte[0]));
    }

    /// As a disk leaves it that lost power: the length is there and the contents are not.
    @Test
    void zeros_at_the_end_are_a_torn_line() throws IOException {
        Files.write(file, new byte[4096], StandardOpenOption.APPEND);
        var read = WrittenJournal.read(file);
        assertTrue(read.torn() && read.events().size() == 20, read.toString());
    }

    @Test
    void events_and_fields_of_other_versions_are_passed_over() {
        var read = WrittenJournal.of("""
            {"at":"2026-01-02T03:04:05Z","event":"over","exit":1,"weather":{"sky":["blue"]}}
            {"at":"2026-01-02T03:04:05Z","event":"danced","with":"host-a"}
            {"at":"2026-01-02T03:04:05Z","event":"over","exit":"in words"}
            {"at":"2026-01-02T03:04:05Z","event":["over"],"exit":1}
            {"at":"2026-01-02T03:04:05Z","exit":1}

            {"at":"2026-01-02T03:04:05Z","event":"flipped","trial":"t","pair":"p","said":"a: the flags are on again"}
            [1]
            {"at":"2026-01-02T03:04:05Z","event":"over","exit":0}
            """.getBytes(StandardCharsets.UTF_8));
        assertEquals(4, read.foreign());
        assertEquals(1, read.broken());
        assertFalse(read.torn());
        assertEquals(List.of(1, 0), read.events(JournalEvent.RunEnded.class).map(JournalEvent.RunEnded::exit).toList());
        assertEquals(List.of(false), read.events(JournalEvent.FlipEnded.class).map(JournalEvent.FlipEnded::back).toList(), "not known");
    }

    @Test
    void garbage_is_counted_and_harms_nothing() throws IOException {
        byte[] garbage = new byte[1 << 20];
        new Random(7).nextBytes(garbage);
        byte[] deep = "[{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, garbage);
        for (byte[] part : List.of("\n".getBytes(StandardCharsets.UTF_8), deep, "\n".getBytes(StandardCharsets.UTF_8), whole))
            Files.write(file, part, StandardOpenOption.APPEND);
        var read = WrittenJournal.read(file);
        assertEquals(20, read.events().size());
        assertTrue(read.broken() > 100 && !read.torn(), "broken: " + read.broken());
    }

    @Test
    void a_file_that_is_too_large_is_refused_before_it_is_read_into_events() throws IOException {
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(BoundedFile.JSON + 1L);
        }
        assertTrue(assertThrows(InvalidInput.class, () -> WrittenJournal.read(file)).getMessage().contains("larger than 64 MiB"));
        assertThrows(InvalidInput.class, () -> WrittenJournal.read(Path.of("/dev/zero")));
        assertThrows(InvalidInput.class, () -> WrittenJournal.read(directory.resolve("gone")));
    }
}
