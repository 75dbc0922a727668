package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.ProgramFault;
import java.util.Optional;

/// What a program does beside its work, or instead of it, on account of a fault.
public final class ProgramFaults {
    private static final String LINE = "blah ".repeat(200) + "\n";

    private ProgramFaults() {}

    /// Its status, when it does no work at all.
    public static Optional<Integer> of(ProgramCall call) {
        return switch (call.machine().faults().programFault(call.name())) {
            case NONE -> Optional.empty();
            case CHATTY -> {
                for (int printed = 0; printed < ProgramFault.CHATTER; printed += LINE.length()) call.print(LINE);
                yield Optional.empty();
            }
            case EATS_INPUT -> {
                call.io().readAll();
                yield Optional.empty();
            }
            case LEAVES_CHILD -> {
                call.machine().processes().lead(call.name(), () -> { }, () -> { });
                yield Optional.empty();
            }
            // as dash says EAGAIN of fork(2), and the loader ENOMEM of mmap(2)
            case NO_PROCESS -> Optional.of(call.fail(2, call.name() + ": 1: Cannot fork"));
            case NO_MEMORY -> Optional.of(call.fail(127, call.name() + ": error while loading shared libraries: libc.so.6: failed to map"
                + " segment from shared object"));
        };
    }
}
