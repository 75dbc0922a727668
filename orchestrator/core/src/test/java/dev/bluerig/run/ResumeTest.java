package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FlagFleet;
import dev.bluerig.converge.Mode;
import dev.bluerig.source.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of a run can be gone on with, what must be as it was, and what is said of that which did not hold.
class ResumeTest {
    private static final String INVENTORY = "machines: {node-1: {kind: host, address: 10.0.0.1, ssh: {user: lab}}}\n";
    private static final String PLAYBOOK = """
        - play: flags
          machines: all
          tasks:
            - command: {run: [touch, /one], unless: [test, -e, /one], because: a flag}
            - command: {run: [touch, /two], unless: [test, -e, /two], because: a flag}
            - command: {run: [touch, /three], unless: [test, -e, /three], because: a flag}
        """;
    private static final Resume.Options NOTHING = new Resume.Options(false, false, false);
    private static final Resume.Options ALL = new Resume.Options(true, true, true);

    @TempDir
    private Path directory;
    private RunHarness harness;

    @BeforeEach
    void harness() {
        harness = new RunHarness(directory);
    }

    private Run.Ended interrupted(FlagFleet fleet, int flags) throws IOException {
        var usual = RunHarness.terms(Mode.APPLY);
        return harness.run(new Run.Terms(Mode.APPLY, 1, Optional.empty(), () -> fleet.flags().size() >= flags, usual.pause(), usual.clock(),
            usual.trials()), INVENTORY, PLAYBOOK, fleet);
    }

    private Resume resume() {
        return Resume.of("run1", harness.last().resolve("journal.jsonl"), NOTHING);
    }

    private static List<String> notes(RunRecord record) {
        return record.plays().getFirst().tasks().stream().map(task -> task.results().get("node-1"))
            .map(result -> (result.outcome().text() + " " + result.note()).strip()).toList();
    }

    @Test
    void what_was_done_and_holds_is_ok_and_the_rest_is_done() throws IOException {
        var fleet = new FlagFleet();
        interrupted(fleet, 2);
        var resume = resume();
        assertEquals(2, resume.done().size());
        var again = resume.marked(harness.run(RunHarness.terms(Mode.APPLY), INVENTORY, PLAYBOOK, fleet).record());
        assertEquals(List.of("ok", "ok", "changed"), notes(again));
        assertEquals(Optional.of("run1"), again.resumes());
        assertEquals(ExitCode.DONE, again.exit());
    }

    @Test
    void what_was_done_and_does_not_hold_is_done_again_and_says_so() throws IOException {
        interrupted(new FlagFleet(), 2);
        var resume = resume();
        var ended = harness.run(RunHarness.terms(Mode.APPLY), INVENTORY, PLAYBOOK, new FlagFleet());
        String gone = "changed done by run1, and it did not hold";
        assertEquals(List.of(gone, gone, "changed"), notes(resume.marked(ended.record())));
    }

    private static String refusal(Path journal) {
        return assertThrows(InvalidInput.class, () -> Resume.of("run1", journal, NOTHING)).getMessage();
    }

    @Test
    void a_run_that_ended_well_or_changes_nothing_is_not_resumed() throws IOException {
        harness.run(RunHarness.terms(Mode.APPLY), INVENTORY, PLAYBOOK, new FlagFleet());
        assertTrue(refusal(harness.last().resolve("journal.jsonl")).contains("run1: it ended well"));
        harness.run(RunHarness.terms(Mode.CHECK), INVENTORY, PLAYBOOK, new FlagFleet());
        assertTrue(refusal(harness.last().resolve("journal.jsonl")).contains("of `check`, and only an apply"));
    }

    @Test
    void a_journal_that_does_not_tell_how_it_began_is_not_resumed() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "");
        assertTrue(refusal(empty).contains("does not tell how it began"));
        Path former = directory.resolve("former");
        try (var journal = Journal.create(former, () -> Instant.EPOCH, Redaction.none())) {
            journal.began("run1", "APPLY", "i", "p", Optional.empty(), Optional.empty());
        }
        assertTrue(refusal(former).contains("did not keep what it was given; `bluerig apply`"), refusal(former));
        assertTrue(refusal(directory.resolve("gone")).contains("no such journal"), refusal(directory.resolve("gone")));
    }

    @Test
    void a_run_that_is_under_way_is_told_with_its_process() throws IOException {
        Path file = directory.resolve("journal");
        var start = start("0", Optional.empty());
        var journal = Journal.create(file, () -> Instant.EPOCH, Redaction.none());
        journal.began("run1", "APPLY", "i", "p", Optional.empty(), Optional.of(start));
        assertTrue(JournalLock.isHeld(file));
        assertTrue(refusal(file).contains("still under way, as process 42 of me@here"), refusal(file));
        journal.close();
        assertEquals(start, Resume.of("run1", file, NOTHING).start(), "killed: its lock is gone with it");
    }

    private static RunStart start(String playbook, Optional<String> plan) {
        return new RunStart("me@here", "bluerig", 42, "/lab", new Plan.BoundFile("/lab/i.yaml", "0"),
            new Plan.BoundFile("/lab/p.yaml", playbook), Optional.of("node-1"), 50,
            plan.map(sha256 -> new Plan.BoundFile("/lab/plan.json", sha256)), Optional.empty());
    }

    private static Resume resume(RunStart start, Resume.Options given) {
        return new Resume("run1", start, Set.of(), given);
    }

    @Test
    void what_has_changed_since_is_refused_by_name_unless_it_is_named() {
        var then = start("1", Optional.of("5"));
        var now = start("2", Optional.of("6"));
        assertEquals(List.of(), resume(then, NOTHING).differences(then));
        String refused = assertThrows(InvalidInput.class, () -> resume(then, NOTHING).differences(now)).getMessage();
        assertTrue(refused.contains("the playbook /lab/p.yaml (or what it is made of) has changed since run1 began")
            && refused.contains("name it (PLAYBOOK)") && refused.contains("the plan /lab/plan.json")
            && !refused.contains("inventory"), refused);
        assertEquals(List.of("the playbook /lab/p.yaml (or what it is made of) has changed since run1 began",
            "the plan /lab/plan.json (or what it is made of) has changed since run1 began"), resume(then, ALL).differences(now));
    }

    @Test
    void what_is_given_otherwise_is_said() {
        var then = start("1", Optional.empty());
        var now = new RunStart("me@here", "bluerig 2", 43, "/lab", new Plan.BoundFile("/lab/other.yaml", "9"), then.playbook(),
            Optional.empty(), 3, Optional.of(new Plan.BoundFile("/lab/plan.json", "5")), Optional.of("run1"));
        assertEquals(List.of("run1 was of the inventory /lab/i.yaml, this is /lab/other.yaml", "run1 had no plan",
            "run1 was of bluerig, this is bluerig 2", "run1 was for node-1, this is for all machines"), resume(then, ALL).differences(now));
    }
}
