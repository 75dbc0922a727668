package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.inventory.DpuMode;
import dev.bluerig.task.diff.Diff;
import java.util.Set;

/// What becomes of a wish that has no meaning on this machine, known before it is asked: from the inventory, or a template that yields
/// nothing for it.
public record NotApplicable(String why) implements Task<String> {
    @Override
    public Fact<String> wants() {
        return new Fact.Nothing<>(why);
    }

    @Override
    public Set<Effect> brings() {
        return Set.of();
    }

    @Override
    public Diff diff(String seen) {
        return new Diff.NotApplicable(seen);
    }

    /// In NIC mode the Arm side has no p0 and no pf0hpf: there is nothing to switch.
    static Task<?> unlessNicMode(Task<?> task, MachineContext site) {
        boolean nic = site.machine().mode().filter(DpuMode.NIC::equals).isPresent();
        return nic ? new NotApplicable(site.machine().name() + " is in NIC mode: its switch plane is not ours") : task;
    }
}
