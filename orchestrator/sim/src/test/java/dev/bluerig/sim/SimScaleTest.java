package dev.bluerig.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the heap is measured")
class SimScaleTest {
    /// Two hundred machines are up in seconds and small: bounds far above what was measured (1.3 s, 35 KB each), but not absurd.
    @Test
    void two_hundred_machines_fit_into_one_process() throws IOException {
        long before = heap();
        long start = System.nanoTime();
        try (SimLab lab = SimLab.start(SimTopology.of(50))) {
            long millis = (System.nanoTime() - start) / 1_000_000;
            long each = (heap() - before) / 200;
            assertEquals(200, lab.topology().names().size());
            Set<String> serials = lab.topology().names().stream().map(name -> lab.machine(name).card().serial())
                .collect(Collectors.toSet());
            assertEquals(100, serials.size());
            assertTrue(millis < 30_000, "started in " + millis + " ms");
            assertTrue(each < 400_000, each + " bytes of heap for each machine");
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
