package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.FlagFleet;
import dev.bluerig.converge.Mode;
import dev.bluerig.remote.Dialer;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plays x machines, on machines that know flags alone: what becomes of each task on each of them, and what is kept of it.
class RunTest {
    private static final int MACHINES = 20;
    private static final String INVENTORY = """
        machines:
          "node-[01:20]": {kind: host, address: "10.0.0.[1:20]", ssh: {user: lab}}
        """;
    private static final String PLAYBOOK = """
        - play: first
          machines: all
          tasks:
            - command: {run: [touch, /one], unless: [test, -e, /one], because: a flag}
            - command: {run: [touch, /two], unless: [test, -e, /two], because: a flag}
        - play: second
          machines: all
          tasks:
            - command: {run: [touch, /three], unless: [test, -e, /three], because: a flag}
        """;

    @TempDir
    private Path directory;
    private RunHarness harness;
    private final FlagFleet fleet = new FlagFleet("node-17");

    @BeforeEach
    void harness() {
        harness = new RunHarness(directory);
    }

    private static Run.Terms terms(Mode mode, int forks, Optional<Plan> plan, BooleanSupplier stop) {
        var usual = RunHarness.terms(mode);
        return new Run.Terms(mode, forks, plan, stop, usual.pause(), usual.clock(), usual.trials());
    }

    private Run.Ended run(Mode mode, Dialer dialer, String... limit) throws IOException {
        return harness.run(RunHarness.terms(mode), INVENTORY, PLAYBOOK, dialer, limit);
    }

    private Run.Ended apply(Plan plan, String playbook, String... limit) throws IOException {
        return harness.run(terms(Mode.APPLY, 50, Optional.of(plan), () -> false), INVENTORY, playbook, fleet, limit);
    }

    /// What became of each task on one machine, in the order of the playbook.
    private static List<TaskResult> of(Run.Ended ended, String machine) {
        return ended.record().plays().stream().flatMap(play -> play.tasks().stream()).map(task -> task.results().get(machine)).toList();
    }

    private static List<OutcomeStatus> outcomes(Run.Ended ended, String machine) {
        return of(ended, machine).stream().map(TaskResult::outcome).toList();
    }

    private static String code(TaskResult result) {
        return result.failure().orElseThrow().code().name();
    }

    @Test
    void a_dead_machine_is_out_of_what_follows_and_the_others_are_done() throws IOException {
        var ended = run(Mode.APPLY, fleet);
        var out = of(ended, "node-17");
        assertEquals(List.of(OutcomeStatus.UNREACHABLE, OutcomeStatus.SKIPPED, OutcomeStatus.SKIPPED), outcomes(ended, "node-17"));
        assertEquals("CONNECT_TIMEOUT", code(out.getFirst()));
        assertEquals("because of task 1, `command` (CONNECT_TIMEOUT)", out.get(1).note());
        assertEquals("`command` of the play \"first\" unreachable (CONNECT_TIMEOUT)", out.get(2).note());
        var all = new TreeMap<OutcomeStatus, Integer>();
        ended.record().results().forEach(result -> all.merge(result.outcome(), 1, Integer::sum));
        assertEquals(new TreeMap<>(Map.of(OutcomeStatus.CHANGED, 3 * (MACHINES - 1), OutcomeStatus.UNREACHABLE, 1,
            OutcomeStatus.SKIPPED, 2)), all);
        assertEquals(3 * (MACHINES - 1), fleet.flags().size());
        assertEquals(ExitCode.UNREACHABLE, ended.record().exit());
        assertEquals(MACHINES - 1, ended.record().traffic().size(), "what a machine costs that did not answer is not told");
    }

    @Test
    void a_machine_that_did_not_answer_is_not_dialled_again() throws IOException {
        var dials = new AtomicInteger();
        run(Mode.ACCEPT, (machine, way) -> {
            dials.incrementAndGet();
            return fleet.dial(machine, way);
        });
        assertEquals(MACHINES, dials.get());
    }

    @Test
    void a_converged_play_costs_one_round_trip_on_one_connection() throws IOException {
        run(Mode.APPLY, fleet);
        fleet.forget();
        var again = run(Mode.APPLY, fleet);
        again.record().traffic().forEach((name, cost) -> {
            assertEquals(1, cost.connections(), name);
            assertEquals(2, cost.roundTrips(), name + ": two plays");
        });
        assertEquals(List.of(OutcomeStatus.OK, OutcomeStatus.OK, OutcomeStatus.OK), outcomes(again, "node-01"));
    }

    @Test
    void a_check_changes_nothing_and_foresees_what_an_apply_would_do_in_its_order() throws IOException {
        var ended = run(Mode.CHECK, fleet, "node-02", "node-01");
        assertEquals(Set.of(), fleet.flags());
        assertEquals(Set.of("node-01", "node-02"), fleet.dialled().keySet());
        assertEquals(ExitCode.CHANGES, ended.record().exit());
        assertEquals(List.of(false, true, true), of(ended, "node-01").stream().map(TaskResult::provisional).toList());
        assertEquals(List.of("0 0 node-01", "0 0 node-02", "0 1 node-01", "0 1 node-02", "1 0 node-01", "1 0 node-02"),
            ended.steps().stream().map(step -> step.play() + " " + step.position() + " " + step.machine()).toList());
        assertEquals(List.of("touch /one"), ended.steps().getFirst().commands().stream().map(Plan.PlannedCommand::line).toList());
    }

    private Plan plan(String... limit) throws IOException {
        var ended = run(Mode.CHECK, fleet, limit);
        var bound = new Plan.BoundFile("file", "0");
        return Plan.of(ended.record(), bound, bound, ended.steps());
    }

    @Test
    void an_apply_makes_the_changes_of_its_plan_and_no_other() throws IOException {
        var plan = plan("node-01");
        var ended = apply(plan, PLAYBOOK, "node-01", "node-02");
        assertEquals(List.of(OutcomeStatus.CHANGED, OutcomeStatus.CHANGED, OutcomeStatus.CHANGED), outcomes(ended, "node-01"));
        assertEquals("NOT_IN_PLAN", code(of(ended, "node-02").getFirst()));
        assertEquals(ExitCode.FAILED, ended.record().exit());
        assertEquals(Set.of("node-01/one", "node-01/two", "node-01/three"), fleet.flags());
    }

    @Test
    void another_command_than_was_agreed_on_is_not_run() throws IOException {
        var ended = apply(plan("node-01"), PLAYBOOK.replace("[touch, /two]", "[touch, /evil]"), "node-01");
        assertEquals(List.of(OutcomeStatus.CHANGED, OutcomeStatus.FAILED, OutcomeStatus.SKIPPED), outcomes(ended, "node-01"));
        assertEquals("NOT_IN_PLAN", code(of(ended, "node-01").get(1)));
        assertEquals(Set.of("node-01/one"), fleet.flags());
    }

    @Test
    void an_acceptance_changes_nothing_and_every_difference_fails() throws IOException {
        var ended = run(Mode.ACCEPT, fleet, "node-01");
        assertEquals(List.of("NOT_ACCEPTED", "NOT_ACCEPTED", "NOT_ACCEPTED"), of(ended, "node-01").stream().map(RunTest::code).toList());
        assertEquals(Set.of(), fleet.flags());
        assertEquals(ExitCode.FAILED, ended.record().exit());
    }

    @Test
    void an_interrupt_stops_between_two_tasks_and_the_record_says_so() throws IOException {
        var ended = harness.run(terms(Mode.APPLY, 50, Optional.empty(), () -> !fleet.flags().isEmpty()), INVENTORY, PLAYBOOK, fleet,
            "node-01");
        assertEquals(List.of(OutcomeStatus.CHANGED, OutcomeStatus.SKIPPED, OutcomeStatus.SKIPPED), outcomes(ended, "node-01"));
        assertEquals(List.of("", "interrupted", "interrupted"), of(ended, "node-01").stream().map(TaskResult::note).toList());
        assertEquals(Set.of("node-01/one"), fleet.flags());
        assertTrue(ended.record().interrupted());
        assertEquals(ExitCode.INTERRUPTED, ended.record().exit());
    }

    @Test
    void the_journal_has_each_remedy_before_and_after_it_ran() throws IOException {
        run(Mode.APPLY, fleet, "node-01");
        var task = List.of(JournalEvent.RemedyBegan.class, JournalEvent.RemedyEnded.class, JournalEvent.TaskEnded.class);
        assertEquals(Stream.of(List.of(JournalEvent.RunBegan.class), task, task, task, List.of(JournalEvent.RunEnded.class))
            .flatMap(List::stream).toList(), harness.journal().stream().map(Object::getClass).toList());
        var acted = harness.journal().stream().filter(JournalEvent.RemedyEnded.class::isInstance)
            .map(JournalEvent.RemedyEnded.class::cast).toList();
        assertEquals(List.of("touch /one", "touch /two", "touch /three"), acted.stream().map(each -> each.said().getFirst().command())
            .toList());
        assertEquals("$ touch /one\n# exit 0\n", Files.readString(harness.last().resolve("evidence/node-01/01-01-command.txt")));
    }

    @Test
    void a_remedy_is_in_the_journal_before_its_machine_hears_of_it() throws IOException {
        var written = new ArrayList<List<String>>();
        Path journal = harness.next().resolve("journal.jsonl");
        run(Mode.APPLY, (machine, way) -> {
            Session flags = fleet.dial(machine, way);
            return new FakeMachine(command -> {
                if (command.words().getFirst().equals("touch")) written.add(WrittenJournal.read(journal)
                    .events(JournalEvent.RemedyBegan.class).map(acting -> acting.commands().getFirst()).toList());
                try {
                    return flags.exchange(Exchange.asking(List.of(command))).getFirst();
                } catch (Unreachable never) {
                    throw new AssertionError(never);
                }
            });
        }, "node-01");
        assertEquals(List.of(List.of("touch /one"), List.of("touch /one", "touch /two"),
            List.of("touch /one", "touch /two", "touch /three")), written);
    }

    @Test
    void where_evidence_cannot_be_kept_nothing_more_is_begun() throws IOException {
        Files.createDirectories(harness.next().resolve("evidence"));
        Files.writeString(harness.next().resolve("evidence/node-01"), "in the place of a full disk");
        var ended = harness.run(terms(Mode.APPLY, 1, Optional.empty(), () -> false), INVENTORY, PLAYBOOK, fleet, "node-01", "node-02");
        assertTrue(ended.unwritten());
        assertEquals(List.of(), ended.defects());
        assertEquals("JOURNAL_UNWRITABLE", code(of(ended, "node-01").getFirst()));
        assertTrue(of(ended, "node-01").getFirst().acted(), "its remedy had run");
        assertEquals(ExitCode.FAILED, ended.record().exit());
        assertTrue(fleet.flags().contains("node-01/one"));
        assertFalse(fleet.flags().contains("node-01/two") || fleet.flags().contains("node-02/three"), fleet.flags().toString());
        assertEquals("because of JOURNAL_UNWRITABLE", of(ended, "node-02").getLast().note());
    }

    @Test
    void a_defect_of_ours_is_a_failure_of_its_machine_alone() throws IOException {
        var bug = new IllegalStateException("a bug of ours");
        var ended = run(Mode.APPLY, (machine, way) -> {
            if (machine.name().equals("node-02")) throw bug;
            return fleet.dial(machine, way);
        }, "node-01", "node-02", "node-03");
        assertEquals(List.of(bug), ended.defects());
        assertEquals("INTERNAL", code(of(ended, "node-02").getFirst()));
        assertEquals(6, fleet.flags().size());
    }

    /// Each machine waits for another one to be asked beside it.
    @Test
    void as_many_machines_are_at_work_as_there_are_forks() throws IOException {
        int forks = 2;
        var both = new CyclicBarrier(forks);
        var atWork = new AtomicInteger();
        var most = new AtomicInteger();
        run(forks, (machine, way) -> new FakeMachine(command -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            try {
                both.await(60, TimeUnit.SECONDS);
                return new Reply.Ran(0, "", "");
            } catch (Exception alone) {
                throw new AssertionError(alone);
            } finally {
                atWork.decrementAndGet();
            }
        }));
        assertEquals(forks, most.get());
    }

    private void run(int forks, Dialer dialer) throws IOException {
        var ended = harness.run(terms(Mode.ACCEPT, forks, Optional.empty(), () -> false), INVENTORY, """
            - play: one
              machines: all
              tasks: [command: {run: [touch, /one], unless: [test, -e, /one], because: a flag}]
            """, dialer);
        assertEquals(List.of(), ended.defects());
        assertEquals(ExitCode.DONE, ended.record().exit());
    }
}
