package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Command;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Secret;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Change MTU = new Change("p0 mtu", "9216", "1500");
    private static final Change UP = new Change("p0 up", "true", "false");
    private static final Command SET = Command.of("ip", "link", "set", "dev", "p0", "mtu", "9216");
    private static final Command WRITE = Command.of("install", "/dev/stdin", "/etc/a").reading("permit: reviewed\n");
    private static final PlanFingerprint PLAIN = new PlanFingerprint(List.of());
    private static final Plan.BoundFile INVENTORY = new Plan.BoundFile("inventory.yaml", "1");
    private static final Plan.BoundFile PLAYBOOK = new Plan.BoundFile("playbook.yaml", "2");

    private static final Command BACK = Command.of("install", "/dev/stdin", "/etc/a").reading("two lines\nof ours\n");

    private static Plan.PlannedCommand act(Command command) {
        return new Plan.PlannedCommand(command.toString(), PLAIN.of(command));
    }

    private static Plan plan(boolean provisional) {
        var commands = List.of(SET, WRITE).stream().map(PlanTest::act).toList();
        return new Plan(Plan.SCHEMA, "bluerig 1", Instant.EPOCH, INVENTORY, PLAYBOOK,
            List.of(new Plan.Step(1, "ports", 2, "interface", "dpu-a", provisional, "wanted", List.of(MTU, UP), commands,
            List.of(act(BACK)))), List.of());
    }

    private static Diff.Mendable now(List<Change> changes, Command... commands) {
        return new Diff.Mendable(changes, Remedy.of(List.of(commands), List.of(), Set.of()));
    }

    private static Optional<String> refused(boolean provisional, String wanted, Diff.Mendable now) {
        return plan(provisional).refuses(new TaskId(1, 2, "interface"), "dpu-a", wanted, now, PlanTest::act);
    }

    @Test
    void the_same_changes_or_fewer_are_agreed() {
        assertEquals(Optional.empty(), refused(false, "wanted", now(List.of(UP, MTU), SET, WRITE)));
        assertEquals(Optional.empty(), refused(false, "wanted", now(List.of(MTU), SET)));
    }

    @Test
    void another_value_is_agreed_only_where_the_plan_was_a_forecast() {
        var other = now(List.of(new Change("p0 mtu", "9216", "9000")), SET);
        assertTrue(refused(false, "wanted", other).orElseThrow().contains("p0 mtu from 9000 to 9216"));
        assertEquals(Optional.empty(), refused(true, "wanted", other));
    }

    @Test
    void another_field_task_play_or_machine_is_never_agreed() {
        var address = new Change("p0 address", "192.0.2.1/30", "none");
        assertTrue(refused(true, "wanted", now(List.of(MTU, address), SET)).orElseThrow().contains("p0 address"));
        assertTrue(plan(true).refuses(new TaskId(1, 1, "interface"), "dpu-a", "wanted", now(List.of(MTU), SET), PlanTest::act).isPresent());
        assertTrue(plan(true).refuses(new TaskId(0, 2, "interface"), "dpu-a", "wanted", now(List.of(MTU), SET), PlanTest::act).isPresent());
        assertTrue(plan(true).refuses(new TaskId(1, 2, "interface"), "dpu-b", "wanted", now(List.of(MTU), SET), PlanTest::act).isPresent());
    }

    /// The change reads the same, two lines for one, and yet somebody else's lines would go.
    @Test
    void what_would_be_replaced_is_agreed_on_too() {
        var precious = Command.of("install", "/dev/stdin", "/etc/a").reading("two lines\nPRECIOUS\n");
        assertEquals(Optional.empty(),
            refused(false, "wanted", new Diff.Mendable(List.of(MTU), Remedy.of(List.of(WRITE), List.of(BACK), Set.of()))));
        assertTrue(refused(false, "wanted", new Diff.Mendable(List.of(MTU), Remedy.of(List.of(WRITE), List.of(precious), Set.of())))
            .orElseThrow().contains("would be replaced"));
    }

    @Test
    void a_line_that_was_edited_is_not_the_command_that_runs() {
        var edited = new Plan.Step(1, "ports", 2, "interface", "dpu-a", false, "wanted", List.of(MTU),
            List.of(new Plan.PlannedCommand("echo harmless", PLAIN.of(SET))), List.of());
        var plan = new Plan(Plan.SCHEMA, "bluerig 1", Instant.EPOCH, INVENTORY, PLAYBOOK, List.of(edited), List.of());
        assertTrue(plan.refuses(new TaskId(1, 2, "interface"), "dpu-a", "wanted", now(List.of(MTU), SET), PlanTest::act).orElseThrow()
            .contains("does not name the command `ip link set"));
    }

    @Test
    void a_content_or_a_command_that_nobody_reviewed_is_refused_by_name() {
        var everybody = Command.of("install", "/dev/stdin", "/etc/a").reading("permit: EVERYBODY\n");
        assertEquals("what `install /dev/stdin /etc/a` would be given is not what was agreed on",
            refused(false, "wanted", now(List.of(MTU), everybody)).orElseThrow());
        assertEquals("the plan does not name the command `touch /tmp/other`",
            refused(false, "wanted", now(List.of(MTU), Command.of("touch", "/tmp/other"))).orElseThrow());
        assertEquals(Optional.empty(), refused(true, "wanted", now(List.of(MTU), Command.of("ip", "another"))),
            "a forecast binds what is wanted");
        assertTrue(refused(true, "another wish", now(List.of(MTU), SET)).orElseThrow().contains("wanted state of `interface`"));
    }

    @Test
    void a_plan_of_something_else_is_refused_by_name() {
        plan(false).mustBe("plan.json", "bluerig 1", new Plan.BoundFile("moved/inventory.yaml", "1"), PLAYBOOK);
        var wrong = assertThrows(InvalidInput.class,
            () -> plan(false).mustBe("plan.json", "bluerig 2", new Plan.BoundFile("inventory.yaml", "9"), new Plan.BoundFile("other.yaml",
                "8")));
        String said = wrong.problems().toString();
        assertTrue(said.contains("made by bluerig 1, this is bluerig 2")
            && said.contains("inventory inventory.yaml (or what it is made of) has changed")
            && said.contains("the plan is of the playbook playbook.yaml, not of other.yaml"), said);
    }

    @Test
    void a_fingerprint_leaves_secrets_out() {
        var one = new PlanFingerprint(List.of(new Secret("42")));
        var other = new PlanFingerprint(List.of(new Secret("77")));
        assertEquals(one.of(WRITE.reading("pin: 42\n")), other.of(WRITE.reading("pin: 77\n")), "nobody can guess it from the hash");
        assertNotEquals(one.of(WRITE.reading("pin: 42\n")), one.of(WRITE.reading("pin: 42\nmore\n")));
        assertEquals(PLAIN.of(Command.of("env", "a").hidden()), PLAIN.of(Command.of("env", "b").hidden()));
    }

    @Test
    void it_is_read_back_as_it_was_written_and_an_older_one_is_not() {
        assertEquals(plan(true), Plan.read("plan.json", plan(true).json()));
        var old = assertThrows(InvalidInput.class, () -> Plan.read("plan.json", "{\"made\": \"2026-01-01T00:00:00Z\", \"steps\": []}"));
        assertTrue(old.problems().getFirst().message().contains("not a plan of schema 2"), old.toString());
        assertFalse(plan(true).json().contains("permit: reviewed"), "contents are bound, not shown");
    }
}
