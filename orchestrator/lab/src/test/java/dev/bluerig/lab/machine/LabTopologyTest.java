package dev.bluerig.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Names and addresses of the largest lab are distinct.
final class LabTopologyTest {
    private final LabTopology largest = new LabTopology("0a1b2", LabTopology.MOST_PAIRS);

    @Test
    void addresses_are_distinct() {
        Set<String> seen = new HashSet<>();
        for (int end = 0; end < largest.ends(); end++)
            for (int port = 0; port < 2; port++) {
                assertTrue(seen.add(LabTopology.dataAddress(end, port)), LabTopology.dataAddress(end, port));
                assertTrue(seen.add(largest.mac(end, port)), largest.mac(end, port));
            }
        assertTrue(seen.stream().filter(text -> text.contains(".")).flatMap(text -> Arrays.stream(text.split("[./]")))
            .allMatch(number -> Integer.parseInt(number) < 256));
    }

    @Test
    void ends_of_a_cable_are_in_one_subnet() {
        assertEquals("192.0.2.1/30", LabTopology.dataAddress(0, 0));
        assertEquals("192.0.2.2/30", LabTopology.dataAddress(1, 0));
        assertEquals("192.0.2.5/30", LabTopology.dataAddress(0, 1));
        assertEquals("192.0.2.14/30", LabTopology.dataAddress(3, 1));
    }

    @Test
    void one_pair_has_the_names_of_the_bench() {
        var one = new LabTopology("0a1b2", 1);
        assertEquals(List.of("host-a", "host-b", "dpu-a", "dpu-b"), one.machines().stream().map(LabMachine::name).toList());
        assertEquals("host-b", one.machines().getLast().host());
        assertEquals(List.of("host-001", "host-002"), largest.machines().stream().map(LabMachine::name).limit(2).toList());
        assertThrows(IllegalArgumentException.class, () -> new LabTopology("0a1b2", 0));
    }
}
