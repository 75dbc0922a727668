package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.task.diff.Diff;
import java.util.Set;

/// A wanted state. `S` is what must be seen to judge it. No task can forget to declare its fact.
public sealed interface Task<S> extends TaskSpec permits FirmwareTask, CommandTask, FreeCardTask, InterfaceTask, KernelTask, NotApplicable,
    OffloadTask, OvsTask, OvsBridgeTask, PackagesTask,
    ReachTask, ServiceTask, TestedPortTask, FileTask {
    Fact<S> wants();

    Diff diff(S seen);

    /// Against what was read: what is not known cannot be judged.
    default Diff judge(Reading<S> reading) {
        return switch (reading) {
            case Reading.Known<S>(S seen) -> diff(seen);
            case Reading.Unknown<S>(String why) -> new Diff.Unknown(why);
        };
    }

    /// What its remedy could bring about that others depend on; empty for a requirement. In `check` it tells whether what is wrong behind
    /// it could be right by then.
    Set<Effect> brings();

    /// Links from which its remedy may take addresses that it does not name. One that is spoken of by PCI address may be any.
    default Set<LinkRef> clears() {
        return Set.of();
    }

    /// Other machines that must be as they should before this one can be judged: when one of them is out, the task is skipped.
    default Set<String> needs() {
        return Set.of();
    }

    /// Programs that only this task's remedy starts, so that they are asked for along with the usual ones. One that is forgotten is asked
    /// for alone.
    default Set<String> programs() {
        return Set.of();
    }

    @Override
    default Task<?> on(MachineContext site) {
        return this;
    }
}
