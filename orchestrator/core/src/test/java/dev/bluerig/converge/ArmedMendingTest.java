package dev.bluerig.converge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.armed.ArmedChange;
import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.FakeSession;
import dev.bluerig.cases.Ways;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.InterfaceTask;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.link.InterfaceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of an armed change, whatever happens on the way: `eno1`, by which the machine is managed, is to go down.
class ArmedMendingTest {
    private static final InterfaceTask DOWN = new InterfaceTask(List.of(new InterfaceSpec(Optional.of(new LinkName("eno1")),
        Optional.empty(), List.of(), false, Optional.empty(), Optional.of(false), false)));
    private static final Duration AFTER = Duration.ofSeconds(60);

    /// A machine with another way in, so that it can be reached with `eno1` down, unless it is `cut`. Its clock goes when somebody waits.
    private static final class Machine extends FakeSession implements Arming {
        private final List<String> ran = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private boolean up = true;
        private boolean armed;
        private boolean back;
        private boolean lost;
        private Duration time = Duration.ZERO;
        // what goes wrong
        private boolean cut;
        private boolean deaf;
        private boolean unarmable;
        private boolean tooLate;
        private boolean keepsIt;
        private boolean othersGone;
        private String traces = "";
        private int trialsOfOthers;

        @Override
        protected Reply run(Command command) throws Unreachable {
            if (lost) throw new Unreachable(ConnectionCode.CONNECTION_LOST, "lost");
            ran.add(command.line());
            return switch (command.words().getFirst()) {
                case "find" -> new Reply.Ran(0, traces, "");
                case "date" -> new Reply.Ran(0, "5000\n", "");
                case "which", "arping", "install" -> FakeMachine.which(command);
                case "mkdir", "rm" -> new Reply.Ran(0, "", "");
                case "test" -> new Reply.Ran(command.words().get(1).equals("-e") && armed ? 0 : 1, "", "");
                case "sh" -> script(command.words().getLast());
                case "setsid" -> script("fire");
                case "cat" -> command.line().endsWith("/result") ? result() : Ways.eno1(command);
                case "ip" -> command.line().startsWith("ip link set") ? set(command.words().getLast().equals("up")) : seen(command);
                default -> Ways.eno1(command);
            };
        }

        private Reply result() {
            return new Reply.Ran(back ? 0 : 1, back ? "restored at 5060, failed commands: 0\n" : "", "");
        }

        private Reply script(String verb) {
            if (verb.equals("arm")) {
                armed = !unarmable;
                return new Reply.Ran(unarmable ? 1 : 0, unarmable ? "" : "armed\n", unarmable ? "not armed: no timer\n" : "");
            }
            if (verb.equals("disarm") && !tooLate) {
                armed = false;
                return new Reply.Ran(0, "", "");
            }
            takeBack();
            return new Reply.Ran(verb.equals("disarm") ? 3 : 0, "", "");
        }

        private void takeBack() {
            if (!armed) return;
            armed = false;
            back = true;
            if (!keepsIt) up = true;
        }

        private Reply set(boolean to) throws Unreachable {
            if (!deaf) up = to;
            if (cut) {
                lost = true;
                throw new Unreachable(ConnectionCode.CONNECTION_LOST, "lost");
            }
            return new Reply.Ran(0, "", "");
        }

        private Reply seen(Command command) {
            var reply = (Reply.Ran) Ways.eno1(command);
            return new Reply.Ran(reply.status(), up ? reply.out() : reply.out().replaceFirst("\"UP\",\"LOWER_UP\"", ""), reply.err());
        }

        @Override
        protected int commands() {
            return ran.size();
        }

        @Override
        public Duration after() {
            return AFTER;
        }

        @Override
        public String name() {
            return "run-host-a-1";
        }

        @Override
        public void ready() {
            told.add("ready");
        }

        @Override
        public void renew() throws Unreachable {
            if (time.compareTo(AFTER) > 0) takeBack();
            if (cut && !up) throw new Unreachable(ConnectionCode.CONNECT_TIMEOUT, "no answer");
            lost = false;
            told.add("renewed");
        }

        @Override
        public void renewOthers() throws Unreachable {
            trialsOfOthers++;
            if (othersGone && !up) throw new Unreachable(ConnectionCode.CONNECT_TIMEOUT, "dpu-a: no answer");
        }

        @Override
        public Duration now() {
            return time;
        }

        Outcome play(Mode mode) {
            Fact<WayIn> own = new Fact.Nothing<>(Ways.overEno1());
            var guard = new Guard() {
                @Override
                public Fact<WayIn> own() {
                    return own;
                }

                @Override
                public Map<String, String> behind() {
                    return Map.of();
                }
            };
            var terms = new Convergence.Terms(mode, Permit.all(), guard, Optional::empty, wait -> time = time.plus(wait),
                () -> Optional.of(this));
            return new Convergence(this, terms, new ConvergenceListener() {
                @Override
                public void acting(int task, Diff.Mendable mendable) {
                    told.add("acting");
                }

                @Override
                public void acted(int task, List<Reply> replies) {
                    told.add("acted " + replies.size());
                }

                @Override
                public void armed(int task, ArmedChange change, String why) {
                    told.add("armed");
                }

                @Override
                public void released(int task, ArmedChange change, String how) {
                    told.add("released: " + how);
                }

                @Override
                public void outcome(int task, Outcome outcome) {}
            }).play(List.of(DOWN)).getFirst();
        }

        private boolean remedied() {
            return ran.stream().anyMatch(line -> line.startsWith("ip link set"));
        }
    }

    private final Machine machine = new Machine();

    private String failed(Mode mode) {
        var failure = assertInstanceOf(Outcome.Failed.class, machine.play(mode)).failure();
        return failure.code().name() + ": " + failure.detail();
    }

    @Test
    void it_is_changed_only_when_it_was_seen_over_a_new_connection_and_disarmed() {
        var changed = assertInstanceOf(Outcome.Changed.class, machine.play(Mode.APPLY));
        assertTrue(changed.note().startsWith("armed for 60 s, seen over a new connection, disarmed; eno1: it would go down; it holds the"
            + " address of SSH from 10.0.0.1"), changed.note());
        assertEquals(List.of("ready", "armed", "acting", "acted 1", "renewed", "released: disarmed over a new connection"), machine.told);
        assertEquals(1, machine.trialsOfOthers);
        assertFalse(machine.armed);
        assertFalse(machine.up);
    }

    @Test
    void check_says_so_and_changes_nothing() {
        var would = assertInstanceOf(Outcome.WouldChange.class, machine.play(Mode.CHECK));
        assertTrue(would.note().startsWith("would be armed for 60 s; eno1: it would go down"), would.note());
        assertTrue(machine.told.isEmpty() && !machine.remedied(), machine.ran.toString());
    }

    @Test
    void what_cannot_be_armed_is_not_done() {
        machine.unarmable = true;
        String told = failed(Mode.APPLY);
        assertTrue(told.startsWith("ARM_FAILED") && told.contains("no timer"), told);
        assertFalse(machine.remedied());
    }

    @Test
    void where_nobody_answers_any_more_its_time_is_waited_for() {
        machine.cut = true;
        String told = failed(Mode.APPLY);
        assertTrue(told.startsWith("ARMED_REVERTED: no new connection: CONNECT_TIMEOUT"), told);
        assertTrue(machine.up && machine.time.compareTo(AFTER) > 0);
        assertTrue(machine.told.getLast().startsWith("released: taken back: restored at 5060"), machine.told.toString());
    }

    @Test
    void what_is_not_as_wanted_is_taken_back_at_once() {
        machine.deaf = true;
        String told = failed(Mode.APPLY);
        assertTrue(told.startsWith("ARMED_REVERTED: STILL_DIFFERENT"), told);
        assertTrue(machine.time.compareTo(AFTER) < 0);
    }

    @Test
    void a_disarming_that_comes_too_late_is_a_change_that_was_taken_back() {
        machine.tooLate = true;
        String told = failed(Mode.APPLY);
        assertTrue(told.startsWith("ARMED_REVERTED: not disarmed in time"), told);
        assertTrue(machine.up);
    }

    @Test
    void who_was_reached_through_it_must_answer_too() {
        machine.othersGone = true;
        String told = failed(Mode.APPLY);
        assertTrue(told.startsWith("ARMED_REVERTED: no new connection: CONNECT_TIMEOUT: dpu-a"), told);
        assertTrue(machine.up);
    }

    @Test
    void a_machine_that_did_not_take_it_back_is_told_with_what_was_found() {
        machine.tooLate = true;
        machine.keepsIt = true;
        String told = failed(Mode.APPLY);
        assertTrue(told.startsWith("ARMED_NOT_REVERTED: not disarmed in time") && told.contains("it is as wanted"), told);
    }

    @Test
    void a_machine_that_stays_away_is_not_waited_for_for_ever() {
        machine.cut = true;
        machine.keepsIt = true;
        String told = failed(Mode.APPLY);
        assertTrue(told.startsWith("ARMED_NOT_REVERTED: no new connection") && told.contains("/var/lib/bluerig/armed/run-host-a-1"), told);
    }

    @Test
    void one_that_waits_is_in_the_way_and_one_that_was_put_back_is_told_and_forgotten() {
        machine.traces = "/var/lib/bluerig/armed/old/lease.json:{\"pid\":7,\"deadline\":9000,\"restore\":[]}\n";
        String told = failed(Mode.APPLY);
        assertTrue(told.startsWith("WOULD_CUT_PATH") && told.contains("cannot be armed: a change is armed and waits (old)"), told);
        assertFalse(machine.remedied());
        machine.traces = "/var/lib/bluerig/armed/old/result:restored at 4000, failed commands: 0\n";
        var changed = assertInstanceOf(Outcome.Changed.class, machine.play(Mode.APPLY));
        assertTrue(changed.note().endsWith("put back by the machine itself (old): restored at 4000, failed commands: 0"), changed.note());
        assertTrue(machine.ran.contains("rm -rf --one-file-system /var/lib/bluerig/armed/old"));
    }
}
