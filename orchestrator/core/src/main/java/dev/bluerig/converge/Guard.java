package dev.bluerig.converge;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.guard.WayGuard;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.task.diff.Remedy;
import java.util.Map;

/// What must not be cut off. The judgement itself is pure (`guard`); this is where it gets its facts from.
public interface Guard {
    /// How this machine is reached, and what others come by through it; asked only before a remedy that could take it.
    Fact<WayIn> own();

    /// The links of this machine that carry the management path of machines behind its ports (a host managed through its own DPU), by name
    /// or by what the driver calls them, and why. Asked at most once per play, and only when a remedy could take one.
    Map<String, String> behind() throws Unreachable;

    /// Whether anything is guarded.
    default boolean watches() {
        return true;
    }

    /// Whether the way in must be known to judge this remedy.
    default boolean asks(Remedy remedy) {
        return watches() && WayGuard.asks(remedy);
    }

    /// Nothing to guard: for machines that are not reached over a network of their own.
    static Guard none() {
        return new Guard() {
            @Override
            public Fact<WayIn> own() {
                throw new IllegalStateException("nothing is guarded");
            }

            @Override
            public Map<String, String> behind() {
                return Map.of();
            }

            @Override
            public boolean watches() {
                return false;
            }
        };
    }
}
