package dev.bluerig.ktls.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Meter.Usage;
import dev.bluerig.ktls.SystemFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MeterTest {
    private final LinuxMeter meter = new LinuxMeter();

    @Test
    void work_of_another_thread_is_counted_after_its_end() throws Exception {
        Usage before = meter.now();
        var worker = new Thread(() -> {
            long sum = 0;
            try {
                while (meter.now().since(before).user() < 0.05)
                    for (int index = 0; index < 1_000_000; index++) sum += Integer.toString(index).length();
            } catch (SystemFailure failure) {
                throw new IllegalStateException(failure + " " + sum);
            }
        });
        worker.start();
        worker.join();
        Usage cost = meter.now().since(before);
        assertTrue(cost.user() >= 0.05, "found " + cost);
        assertTrue(cost.seconds() > 0 && cost.system() >= 0, "found " + cost);
        assertEquals(meter.now().cores().size(), cost.cores().size());
    }

    @Test
    void waiting_is_a_voluntary_switch_of_any_thread() throws Exception {
        Usage before = meter.now();
        for (int round = 0; round < 50; round++) {
            var there = new CountDownLatch(1);
            var back = new CountDownLatch(1);
            var other = new Thread(() -> {
                try {
                    there.await();
                } catch (InterruptedException unexpected) {
                    return;
                }
                back.countDown();
            });
            other.start();
            while (other.getState() != Thread.State.WAITING) Thread.onSpinWait();
            there.countDown();
            back.await();
        }
        assertTrue(meter.now().since(before).voluntary() >= 50, "found " + meter.now().since(before));
    }

    @Test
    void the_machine_is_busy_while_it_works() throws SystemFailure {
        Usage before = meter.now();
        Usage cost = before.since(before);
        while (cost.machine() < 0.1) cost = meter.now().since(before);
        assertTrue(cost.cores().stream().anyMatch(busy -> busy > 0));
        assertTrue(cost.shares().stream().allMatch(share -> share >= 0 && share <= 1), "found " + cost.shares());
    }

    @Test
    void softirqs_are_work_and_steal_is_not() {
        // the lines of proc_stat(5): user nice system idle iowait irq softirq steal guest guest_nice
        List<String> lines = List.of("cpu  111 0 0 0 0 0 0 0 0 0", "cpu0 100 20 30 4000 500 6 7 800 9 10", "cpu2 1 1 1 0 0 1 1 0 0 0",
            "intr 1 2 3", "ctxt 99");
        assertEquals(List.of(1.63, 0.0, 0.05), ProcStat.busy(lines, 100), "core 1 is off line");
        assertEquals(List.of(), ProcStat.busy(List.of("cpu  1 2 3 4 5 6 7 8 9 10"), 100));
    }

    @Test
    void differences_and_shares() {
        var before = new Usage(10, 1, 2, List.of(5.0, 6.0), 7, 8);
        var after = new Usage(14, 2.5, 2.25, List.of(7.0, 11.0, 1.0), 17, 9);
        Usage cost = after.since(before);
        assertEquals(new Usage(4, 1.5, 0.25, List.of(2.0, 5.0, 0.0), 10, 1), cost);
        assertEquals(7, cost.machine());
        assertEquals(List.of(0.5, 1.0, 0.0), cost.shares(), "never more than all of it");
        assertEquals(List.of(0.0, 0.0), before.since(before).shares());
    }

    @Test
    void what_cannot_be_read_is_named(@TempDir Path directory) throws Exception {
        Path none = directory.resolve("stat");
        assertEquals("EIO", assertThrows(SystemFailure.class, () -> new LinuxMeter(CLibrary::new, none).now()).errno());
        Files.writeString(none, "cpu0 1 1 1 1 1 1 1 1 1 1\n");
        assertEquals(List.of(0.05), new LinuxMeter(CLibrary::new, none).now().cores());
    }
}
