package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.task.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Change MTU = new Change("p0 mtu", "9216", "1500");
    private static final Change UP = new Change("p0 up", "true", "false");

    private static Plan plan(boolean provisional) {
        return new Plan(Instant.EPOCH, "inventory.yaml", "playbook.yaml", List.of(new Plan.Step(1, "ports", 2, "interface", "dpu-a", provisional, List.of(MTU, UP))));
    }

    @Test
    void the_same_changes_or_fewer_are_agreed() {
        assertEquals(Optional.empty(), plan(false).refuses(1, 2, "dpu-a", List.of(UP, MTU)));
        assertEquals(Optional.empty(), plan(false).refuses(1, 2, "dpu-a", List.of(MTU)));
    }

    @Test
    void another_value_is_agreed_only_where_the_plan_was_a_forecast() {
        var other = new Change("p0 mtu", "9216", "9000");
        assertTrue(plan(false).refuses(1, 2, "dpu-a", List.of(other)).orElseThrow().contains("p0 mtu from 9000 to 9216"));
        assertEquals(Optional.empty(), plan(true).refuses(1, 2, "dpu-a", List.of(other)));
    }

    @Test
    void another_field_task_play_or_machine_is_never_agreed() {
        var address = new Change("p0 address", "192.0.2.1/30", "none");
        assertTrue(plan(true).refuses(1, 2, "dpu-a", List.of(MTU, address)).orElseThrow().contains("p0 address"));
        assertTrue(plan(true).refuses(1, 1, "dpu-a", List.of(MTU)).isPresent());
        assertTrue(plan(true).refuses(0, 2, "dpu-a", List.of(MTU)).isPresent());
        assertTrue(plan(true).refuses(1, 2, "dpu-b", List.of(MTU)).isPresent());
    }

    @Test
    void it_is_read_back_as_it_was_written() {
        assertEquals(plan(true), Plan.read("plan.json", plan(true).json()));
    }
}
