package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bluerig.ktls.Affinity;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.protocol.CoreList;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// sched_setaffinity(2) of every thread of this process. The kernel silently leaves out cores that do not exist or are not for this
/// process, so they are looked for first, and what it made of the mask is read back.
public final class LinuxAffinity implements Affinity {
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");
    private static final int SELF = 0;
    private static final int MASK_BYTES = 8192; // 65,536 cores

    private final Function<Arena, SystemCalls> calls;

    public LinuxAffinity() {
        this(NativeAccess.calls());
    }

    LinuxAffinity(Function<Arena, SystemCalls> calls) {
        this.calls = calls;
    }

    @Override
    public List<Integer> cores() throws SystemFailure {
        try (Arena arena = Arena.ofConfined()) {
            return cores(calls.apply(arena), arena, SELF);
        }
    }

    @Override
    public void confine(List<Integer> cores) throws SystemFailure {
        mustExist(cores);
        try (Arena arena = Arena.ofConfined()) {
            SystemCalls now = calls.apply(arena);
            List<Integer> before = cores(now, arena, SELF);
            MemorySegment mask = mask(arena, cores);
            set(now, SELF, mask);
            if (!Set.copyOf(cores(now, arena, SELF)).equals(Set.copyOf(cores))) {
                List<Integer> got = cores(now, arena, SELF);
                set(now, SELF, mask(arena, before));
                throw refused("of the cores " + CoreList.write(cores) + " this process may use only " + CoreList.write(got));
            }
            confineAll(now, mask);
        }
    }

    /// A new thread has the mask of the one that started it, so threads are listed again until none is new.
    private static void confineAll(SystemCalls now, MemorySegment mask) throws SystemFailure {
        Set<Integer> done = new HashSet<>();
        Set<Integer> found = threads();
        while (done.addAll(found)) {
            for (int thread : found) {
                int status = now.setAffinity(thread, mask.byteSize(), mask);
                if (status != -Errno.ESRCH) Errno.checked("sched_setaffinity", status); // one that has ended needs none
            }
            found = threads();
            found.removeAll(done);
        }
    }

    private static Set<Integer> threads() throws SystemFailure {
        try (Stream<Path> directories = Files.list(THREADS)) {
            return directories.map(directory -> Integer.valueOf(directory.getFileName().toString()))
                .collect(Collectors.toCollection(HashSet::new));
        } catch (IOException unreadable) {
            throw new SystemFailure("read " + THREADS, "EIO", unreadable.toString());
        }
    }

    private static void mustExist(Collection<Integer> cores) throws SystemFailure {
        if (cores.isEmpty()) throw refused("no cores named");
        try {
            String online = Files.readString(ONLINE).strip();
            var missing = new ArrayList<>(cores);
            missing.removeAll(CoreList.read(online));
            if (!missing.isEmpty())
                throw refused("cores " + missing.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + " do not exist or are off line; on line: " + online);
        } catch (IOException unreadable) {
            throw new SystemFailure("read " + ONLINE, "EIO", unreadable.toString());
        }
    }

    private static SystemFailure refused(String why) {
        return new SystemFailure("sched_setaffinity", Errno.name(Errno.EINVAL), why);
    }

    private static void set(SystemCalls now, int thread, MemorySegment mask) throws SystemFailure {
        Errno.checked("sched_setaffinity", now.setAffinity(thread, mask.byteSize(), mask));
    }

    /// `cpu_set_t` on machines that store the low byte first: core n is bit n % 8 of byte n / 8.
    private static MemorySegment mask(Arena arena, List<Integer> cores) {
        MemorySegment mask = arena.allocate(MASK_BYTES, 8);
        for (int core : cores) mask.set(JAVA_BYTE, core / 8, (byte) (mask.get(JAVA_BYTE, core / 8) | 1 << core % 8));
        return mask;
    }

    private static List<Integer> cores(SystemCalls now, Arena arena, int thread) throws SystemFailure {
        MemorySegment mask = arena.allocate(MASK_BYTES, 8);
        Errno.checked("sched_getaffinity", now.getAffinity(thread, MASK_BYTES, mask));
        var cores = new ArrayList<Integer>();
        for (int core = 0; core < MASK_BYTES * 8; core++) if ((mask.get(JAVA_BYTE, core / 8) >> core % 8 & 1) == 1) cores.add(core);
        return cores;
    }
}
