package dev.bluerig.trial.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.protocol.CoreList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelLogDeltaTest {
    @Test
    void only_later_lines_are_new_even_when_the_ring_dropped_old_ones() {
        assertEquals(List.of("[   12.000001] c"),
            KernelLogDelta.between(List.of("[    1.000000] a", "[   12.000000] b"), List.of("[   12.000000] b", "[   12.000001] c")));
        assertEquals(List.of("[   12.000000] c"),
            KernelLogDelta.between(List.of("[   12.000000] b"), List.of("[   12.000000] b", "[   12.000000] c")));
        assertEquals(List.of(), KernelLogDelta.between(List.of("[   12.000000] b"), List.of("[   12.000000] b")));
    }

    @Test
    void after_an_empty_log_everything_is_new() {
        assertEquals(List.of("[    1.000000] a"), KernelLogDelta.between(List.of(), List.of("[    1.000000] a")));
    }

    @Test
    void a_list_of_cores_is_numbers() {
        assertEquals(List.of(0, 1, 2, 8), CoreList.read("0-2,8"));
        assertEquals(List.of(5), CoreList.read("5"));
    }
}
