package dev.bluerig.converge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.Ways;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.task.CommandTask;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConvergenceTest {
    /// A machine with flags: `flag-set NAME` sets one, `flag-is NAME` exits 0 when it is set.
    private final Set<String> flags = new TreeSet<>(Set.of("old"));
    private String arping = "arping from iputils 20221126\n";
    private final Set<String> missing = new TreeSet<>();
    private final FakeMachine machine = new FakeMachine(this::answer);
    private final List<String> told = new ArrayList<>();

    private Reply answer(Command command) {
        String flag = command.words().getLast();
        return switch (command.words().getFirst()) {
            case "flag-is" -> new Reply.Ran(flags.contains(flag) ? 0 : 1, "", "");
            case "flag-set" -> set(flag);
            case "which" -> new Reply.Ran(missing.isEmpty() ? 0 : 1,
                FakeMachine.which(command).out().lines().filter(path -> missing.stream().noneMatch(path::endsWith))
                .collect(Collectors.joining("\n")), "");
            case "arping", "install" -> command.words().getLast().equals("-V")
                ? new Reply.Ran(arping.contains("Habets") ? 1 : 0, "", arping) : FakeMachine.which(command);
            case "path" -> new Reply.Ran(1, "", "no route\n");
            default -> throw new AssertionError("not told about " + command);
        };
    }

    private Reply set(String flag) {
        if (flag.equals("broken")) return new Reply.Ran(28, "", "flag-set: No space left on device\n");
        if (flag.equals("hung")) return new Reply.TimedOut("", "");
        if (!flag.equals("deaf")) flags.add(flag);
        return new Reply.Ran(0, "", "");
    }

    private static CommandTask flag(String name, String... touches) {
        return new CommandTask(List.of("flag-set", name), List.of("flag-is", name), "a test", Set.of(touches), Duration.ofSeconds(5));
    }

    private List<Outcome> play(Mode mode, CommandTask... tasks) {
        return play(mode, Guard.none(), Permit.all(), tasks);
    }

    private List<Outcome> play(Mode mode, Guard guard, Permit permit, CommandTask... tasks) {
        return convergence(machine, mode, guard, permit).play(List.of(tasks));
    }

    private Convergence convergence(Session session, Mode mode, Guard guard, Permit permit) {
        return new Convergence(session, new Convergence.Terms(mode, permit, guard, () -> Optional.empty(), time -> { }),
            new ConvergenceListener() {
            @Override
            public void acting(int task, Diff.Mendable mendable) {
                told.add("acting " + task);
            }

            @Override
            public void acted(int task, List<Reply> replies) {
                told.add("acted " + task);
            }

            @Override
            public void outcome(int task, Outcome outcome) {
                told.add(outcome.getClass().getSimpleName() + " " + task);
            }
        });
    }

    private List<String> ran() {
        return machine.ran().stream().map(Command::line).toList();
    }

    @Test
    void a_converged_play_costs_one_round_trip() {
        flags.addAll(Set.of("a", "b", "c"));
        assertEquals(List.of(new Outcome.Ok(""), new Outcome.Ok(""), new Outcome.Ok("")),
            play(Mode.APPLY, flag("a"), flag("b"), flag("c")));
        assertEquals(1, machine.traffic().roundTrips());
    }

    @Test
    void a_change_costs_one_more_and_the_first_asks_what_remedies_need_and_a_second_apply_changes_nothing() {
        var outcomes = play(Mode.APPLY, flag("old"), flag("new"), flag("newer"));
        assertEquals(List.of("Ok 0", "acting 1", "acted 1", "Changed 1", "acting 2", "acted 2", "Changed 2"), told);
        assertInstanceOf(Outcome.Changed.class, outcomes.getLast());
        assertEquals(4, machine.traffic().roundTrips(),
            "one to ask, one to see what remedies need, one per remedy together with its verification");
        assertTrue(play(Mode.APPLY, flag("old"), flag("new"), flag("newer")).stream().allMatch(Outcome.Ok.class::isInstance));
        assertEquals(5, machine.traffic().roundTrips());
    }

    @Test
    void after_a_remedy_only_it_and_the_next_task_are_asked_and_the_rest_once_a_task_needs_none() {
        flags.addAll(Set.of("c", "d"));
        play(Mode.APPLY, flag("a"), flag("b"), flag("c"), flag("d"), flag("e"));
        assertEquals(List.of("a", "b", "c", "d", "e",     // the play
            "a", "a", "b",                                // remedy, then it and the next
            "b", "b", "c",                                // the same; `c` needs none
            "d", "e",                                     // so the rest
            "e", "e"),
            ran().stream().filter(line -> line.startsWith("flag")).map(line -> line.substring(line.indexOf(' ') + 1)).toList());
    }

    @Test
    void what_was_seen_in_one_play_is_asked_again_in_the_next_only_when_something_was_changed_since() {
        var convergence = convergence(machine, Mode.APPLY, Guard.none(), Permit.all());
        convergence.play(List.of(flag("old")));
        convergence.play(List.of(flag("old")));
        assertEquals(1, machine.traffic().roundTrips());
        flags.remove("old");                                        // by another machine
        convergence.changedSince();
        assertInstanceOf(Outcome.Changed.class, convergence.play(List.of(flag("old"))).getFirst());
    }

    @Test
    void where_nothing_is_to_be_done_nobody_asks_what_remedies_need() {
        play(Mode.APPLY, flag("old"));
        assertEquals(List.of("flag-is old"), ran());
    }

    @Test
    void check_runs_no_remedy_and_calls_what_follows_a_change_provisional() {
        var outcomes = play(Mode.CHECK, flag("old"), flag("new"), flag("newer"));
        assertEquals(List.of("flag-is old", "flag-is new", "flag-is newer"), ran().stream().filter(line -> line.startsWith("flag"))
            .toList());
        assertInstanceOf(Outcome.Ok.class, outcomes.getFirst());
        assertEquals(List.of(false, true), outcomes.stream().filter(Outcome.WouldChange.class::isInstance)
            .map(outcome -> ((Outcome.WouldChange) outcome).provisional()).toList());
    }

    @Test
    void acceptance_changes_nothing_and_lists_every_difference() {
        var outcomes = play(Mode.ACCEPT, flag("new"), flag("old"), flag("newer"));
        assertEquals("NOT_ACCEPTED", ((Outcome.Failed) outcomes.getFirst()).failure().code().name());
        assertEquals(new Outcome.Ok(""), outcomes.get(1), "asking goes on");
        assertEquals("NOT_ACCEPTED", ((Outcome.Failed) outcomes.getLast()).failure().code().name());
        assertEquals(1, machine.traffic().roundTrips());
        assertTrue(ran().stream().noneMatch(line -> line.startsWith("flag-set")));
    }

    @Test
    void a_remedy_that_fails_says_what_the_program_said() {
        var failed = (Outcome.Failed) play(Mode.APPLY, flag("broken"), flag("old")).getFirst();
        assertEquals("REMEDY_FAILED", failed.failure().code().name());
        assertEquals("flag-set broken: exit 28: flag-set: No space left on device", failed.failure().detail());
        assertTrue(failed.acted());
        assertEquals(List.of("acting 0", "acted 0", "Failed 0", "Skipped 1"), told);
    }

    @Test
    void a_remedy_that_hangs_or_helps_nothing_fails_by_name() {
        assertTrue(((Outcome.Failed) play(Mode.APPLY, flag("hung")).getFirst()).failure().detail().contains("not finished within 5 s"));
        assertEquals("STILL_DIFFERENT", ((Outcome.Failed) play(Mode.APPLY, flag("deaf")).getFirst()).failure().code().name());
    }

    @Test
    void a_remedy_whose_program_is_not_there_is_promised_by_nobody() {
        missing.add("flag-set");
        for (Mode mode : List.of(Mode.CHECK, Mode.APPLY)) {
            var outcomes = play(mode, flag("old"), flag("new"), flag("newer"));
            assertEquals(new Outcome.Ok(""), outcomes.getFirst(), "what needs no remedy needs no program");
            var failure = ((Outcome.Failed) outcomes.get(1)).failure();
            assertEquals("PROGRAM_MISSING", failure.code().name());
            assertEquals(List.of(new Change("program flag-set", "on the machine, for `flag-set new`", "absent")), failure.changes());
            assertInstanceOf(Outcome.Skipped.class, outcomes.getLast());
        }
        assertEquals("NOT_ACCEPTED", ((Outcome.Failed) play(Mode.ACCEPT, flag("new")).getFirst()).failure().code().name());
        assertTrue(ran().stream().noneMatch(line -> line.startsWith("flag-set")));
        assertEquals(5, machine.traffic().roundTrips(), "asked in one exchange more, but for acceptance, which has no remedies");
    }

    @Test
    void a_remedy_is_run_in_the_words_of_the_arping_that_is_there() {
        arping = "arping: option requires an argument -- 'V'\nARPing 2.23, by Thomas Habets <thomas@habets.se>\n";
        var probe = new CommandTask(List.of("arping", "-D"), List.of("flag-is", "new"), "a test", Set.of(), Duration.ofSeconds(5));
        assertEquals(List.of("arping", "-D"), ((Outcome.WouldChange) play(Mode.CHECK, probe).getFirst()).remedy().commands().getFirst()
            .words(), "a person's own words stay");
        arping = "ARP pinger 1.0\n";
        assertEquals("PROGRAM_OTHER", ((Outcome.Failed) play(Mode.CHECK, probe).getFirst()).failure().code().name());
    }

    private static Guard guard(Fact<WayIn> own, Map<String, String> behind) {
        return new Guard() {
            @Override
            public Fact<WayIn> own() {
                return own;
            }

            @Override
            public Map<String, String> behind() {
                return behind;
            }
        };
    }

    record NoPath() implements Fact.Question<WayIn> {
        @Override
        public Inquiry<WayIn> read() {
            return Inquiry.parse(Command.of("path"), text -> Ways.overEno1());
        }
    }

    @Test
    void what_could_cut_a_management_path_is_refused_in_check_as_in_apply() {
        var own = guard(new Fact.Nothing<>(Ways.overEno1()), Map.of());
        var behind = guard(new Fact.Nothing<>(Ways.overEno1()), Map.of("pf0hpf", "host-a is managed through it"));
        for (Mode mode : List.of(Mode.CHECK, Mode.APPLY)) {
            var failed = (Outcome.Failed) play(mode, own, Permit.all(), flag("new", "eno1", "p0")).getFirst();
            assertEquals("WOULD_CUT_PATH", failed.failure().code().name());
            assertEquals("eno1: it holds the address of SSH from 10.0.0.1", failed.failure().detail());
            assertEquals("pf0hpf: host-a is managed through it",
                ((Outcome.Failed) play(mode, behind, Permit.all(), flag("new", "pf0hpf")).getFirst()).failure().detail());
        }
        assertTrue(ran().stream().noneMatch(line -> line.startsWith("flag-set")));
        assertInstanceOf(Outcome.Changed.class, play(Mode.APPLY, own, Permit.all(), flag("new", "p0")).getFirst());
    }

    @Test
    void what_the_next_login_goes_by_is_refused_by_a_code_of_its_own() {
        var stops = new CommandTask(List.of("systemctl", "stop", "ssh"), List.of("flag-is", "new"), "a test", Set.of(),
            Duration.ofSeconds(5));
        for (var own : List.of(guard(new Fact.Nothing<>(Ways.overEno1()), Map.of()), guard(new NoPath(), Map.of()))) {
            var failed = (Outcome.Failed) play(Mode.CHECK, own, Permit.all(), stops).getFirst();
            assertEquals("WOULD_LOCK_OUT", failed.failure().code().name());
            assertEquals("ssh.service: it lets us in by SSH", failed.failure().detail());
        }
    }

    @Test
    void a_path_that_cannot_be_seen_refuses_only_what_touches_links() {
        var blind = guard(new NoPath(), Map.of());
        assertEquals("PATH_UNKNOWN", ((Outcome.Failed) play(Mode.APPLY, blind, Permit.all(), flag("new", "p0")).getFirst()).failure().code()
            .name());
        assertInstanceOf(Outcome.Changed.class, play(Mode.APPLY, blind, Permit.all(), flag("new")).getFirst());
    }

    @Test
    void what_a_plan_does_not_name_is_not_done() {
        var failed = (Outcome.Failed) play(Mode.APPLY, Guard.none(), (task, mendable) -> Optional.of("not agreed on"), flag("new"))
            .getFirst();
        assertEquals("NOT_IN_PLAN", failed.failure().code().name());
        assertEquals(Set.of("old"), flags);
    }

    @Test
    void a_machine_lost_in_the_middle_is_an_outcome_and_the_rest_is_skipped() {
        var outcomes = convergence(machine.cutAfter(2), Mode.APPLY, Guard.none(), Permit.all())
            .play(List.of(flag("old"), flag("new"), flag("newer")));
        assertEquals(new Outcome.Ok(""), outcomes.get(0));
        var lost = (Outcome.Lost) outcomes.get(1);
        assertEquals("CONNECTION_LOST", lost.failure().code().name());
        assertTrue(lost.acted(), "the remedy was under way");
        assertInstanceOf(Outcome.Skipped.class, outcomes.get(2));
        assertEquals(List.of("Ok 0", "acting 1", "Lost 1", "Skipped 2"), told);
    }

    @Test
    void a_task_that_would_tell_nothing_is_skipped_unasked_and_the_tasks_after_it_are_tried() {
        var pointless = flag("peer");
        var outcomes = convergence(machine, Mode.APPLY, Guard.none(), Permit.all())
            .play(List.of(pointless, flag("old"), pointless, flag("new")), Forecast.CERTAIN,
            task -> task.equals(pointless) ? Optional.of("its peer is out") : Optional.empty());
        assertEquals(new Outcome.Deferred("its peer is out"), outcomes.getFirst());
        assertEquals(List.of("Deferred 0", "Ok 1", "Deferred 2", "acting 3", "acted 3", "Changed 3"), told);
        assertEquals(Set.of("new", "old"), flags);
        assertEquals(3, machine.traffic().roundTrips(), "ask, ask what the remedy needs, then remedy and verify");
        assertEquals(List.of(), ran().stream().filter(line -> line.endsWith(" peer")).toList(), "nobody asked for the flag `peer`");
    }
}
