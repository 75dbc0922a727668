package dev.bluerig.bench.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Reply;
import dev.bluerig.task.diff.Diff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// That each part does its work, once; how fast is not for a test to say.
final class PartsBenchmarkTest {
    private final PartsBenchmark parts = new PartsBenchmark();

    @BeforeEach
    void set_up() throws Exception {
        parts.setUp();
    }

    @AfterEach
    void tear_down() throws Exception {
        parts.tearDown();
    }

    @Test
    void a_recorded_machine_is_as_it_should_be() throws Exception {
        parts.facts_of_a_host();
        parts.facts_of_a_dpu();
        for (Diff diff : parts.diff()) assertTrue(diff instanceof Diff.Same, "record the answers anew: " + diff);
    }

    @Test
    void answers_come_back_through_the_framing_as_they_were() throws Exception {
        assertTrue(parts.framing().stream().anyMatch(reply -> reply instanceof Reply.Ran(int status, String out, String err)
            && out.startsWith("{\"data\":") && status == 0 && err.isEmpty()));
        assertEquals(parts.framing(), parts.framing());
    }

    @Test
    void a_fleet_is_read_rendered_and_reported() throws Exception {
        assertEquals(200, parts.inventory().machines().size());
        assertEquals(2, parts.rendering().size());
        parts.reports();
    }
}
