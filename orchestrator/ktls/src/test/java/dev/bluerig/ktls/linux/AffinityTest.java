package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.ktls.Skip;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.CoreList;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("every thread of the process is confined")
@Timeout(60)
class AffinityTest {
    private final LinuxAffinity affinity = new LinuxAffinity();
    private final List<Integer> all = all(affinity);

    @AfterEach
    void allAgain() throws SystemFailure {
        affinity.confine(all);
    }

    @Test
    void all_threads_and_new_ones() throws Exception {
        var end = new CountDownLatch(1);
        var waiting = new Thread(() -> await(end));
        waiting.start();
        affinity.confine(List.of(all.getLast()));
        assertEquals(List.of(all.getLast()), affinity.cores());
        var later = new Thread(() -> await(end));
        later.start();
        assertEquals(new TreeSet<>(List.of(String.valueOf(all.getLast()))), allowed());
        end.countDown();
        waiting.join();
        later.join();
        affinity.confine(all);
        assertEquals(new TreeSet<>(List.of(CoreList.write(all))), allowed());
    }

    @Test
    void a_core_that_does_not_exist_is_named() throws Exception {
        String online = Files.readString(Path.of("/sys/devices/system/cpu/online")).strip();
        SystemFailure missing = assertThrows(SystemFailure.class, () -> affinity.confine(List.of(all.getFirst(), 4000, 70_000)));
        assertEquals("sched_setaffinity: EINVAL: cores 4000, 70000 do not exist or are off line; on line: " + online, missing.getMessage());
        assertEquals("sched_setaffinity: EINVAL: no cores named", assertThrows(SystemFailure.class, () -> affinity.confine(List.of()))
            .getMessage());
        assertEquals(all, affinity.cores());
    }

    @Test
    void a_core_that_is_not_for_this_process_is_named() throws SystemFailure {
        // a cpuset takes the first core out of every mask, silently
        var calls = FaultySystemCalls.calls((call, arguments) -> {
            if (!call.equals("setAffinity")) return Optional.empty();
            var mask = (MemorySegment) arguments[2];
            var narrowed = Arena.ofAuto().allocate(mask.byteSize()).copyFrom(mask);
            if (all.size() > 1 && Long.bitCount(mask.get(JAVA_LONG, 0)) > 1)
                narrowed.set(JAVA_BYTE, 0, (byte) (mask.get(JAVA_BYTE, 0) & ~1));
            arguments[2] = narrowed;
            return Optional.empty();
        });
        Skip.unless(all.containsAll(List.of(0, 1)), "aCoreThatIsNotForThisProcessIsNamed needs the cores 0 and 1");
        SystemFailure narrowed = assertThrows(SystemFailure.class, () -> new LinuxAffinity(calls).confine(List.of(0, 1)));
        assertEquals("sched_setaffinity: EINVAL: of the cores 0-1 this process may use only 1", narrowed.getMessage());
    }

    /// What the kernel says of each thread.
    private static TreeSet<String> allowed() throws IOException {
        var allowed = new TreeSet<String>();
        try (var threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                if (!Files.exists(thread.resolve("status"))) continue;
                Files.readAllLines(thread.resolve("status")).stream().filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.split("\\s+")[1]).forEach(allowed::add);
            }
        }
        assertTrue(!allowed.isEmpty());
        return allowed;
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Integer> all(LinuxAffinity affinity) {
        try {
            return affinity.cores();
        } catch (SystemFailure failure) {
            throw new IllegalStateException(failure);
        }
    }
}
