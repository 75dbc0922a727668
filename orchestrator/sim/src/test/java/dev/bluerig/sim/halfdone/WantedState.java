package dev.bluerig.sim.halfdone;

import dev.bluerig.cases.BreakOff;
import dev.bluerig.cases.BrokenSession;
import dev.bluerig.converge.Convergence;
import dev.bluerig.converge.Guard;
import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.converge.Permit;
import dev.bluerig.converge.SilentListener;
import dev.bluerig.sim.SimMachines;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimWorld;
import dev.bluerig.task.Task;
import java.util.List;
import java.util.Optional;

/// A task for a machine of a pair, and how the pair was made before: tasks that were brought in, and lines that somebody typed.
record WantedState(String name, String machine, List<Before> before, Task<?> task) {
    WantedState {
        before = List.copyOf(before);
    }

    /// Nothing happened to the machine before.
    boolean isFirst() {
        return before.isEmpty();
    }

    /// What was done to a machine before the task's turn.
    sealed interface Before {
        record Converged(String machine, Task<?> task) implements Before {}

        record Typed(String machine, String line) implements Before {}
    }

    /// One pair in the state in which the task finds it.
    final class Site {
        private final SimWorld world = SimMachines.pair(false);
        private int steps;

        Site() {
            for (Before done : before) {
                switch (done) {
                    case Before.Converged(String where, Task<?> earlier) -> play(where, earlier, Mode.APPLY, Optional.empty());
                    case Before.Typed(String where, String line) -> SimMachines.type(world.machine(where), line);
                }
            }
        }

        SimMachine machine() {
            return world.machine(machine);
        }

        MachineState state() {
            return MachineState.of(machine());
        }

        /// Steps of the remedy of the last play.
        int steps() {
            return steps;
        }

        Outcome play(Mode mode) {
            return play(mode, Optional.empty());
        }

        Outcome play(Mode mode, Optional<BreakOff> breakOff) {
            return play(machine, task, mode, breakOff);
        }

        private Outcome play(String where, Task<?> what, Mode mode, Optional<BreakOff> breakOff) {
            var session = new BrokenSession(new ModelSession(world.machine(where)), breakOff);
            var terms = new Convergence.Terms(mode, Permit.all(), Guard.none(), Optional::empty, time -> { });
            var outcome = new Convergence(session, terms, new SilentListener()).play(List.of(what)).getFirst();
            steps = session.steps();
            return outcome;
        }

        List<String> unknownCommands() {
            return world.machines().values().stream().flatMap(one -> one.unknownCommands().stream()).toList();
        }
    }
}
