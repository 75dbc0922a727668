package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bluerig.cases.TaskCases;
import dev.bluerig.inventory.DpuMode;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.task.diff.Diff;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OvsTaskTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("ovs");
    }

    @Test
    void in_nic_mode_there_is_nothing_to_switch_and_nothing_is_asked() {
        var wishes = List.of(new OvsTask(true), SampleSpecs.bound(OvsBridgeTask.class, "{bridge: ovs-br0, ports: [p0, pf0hpf]}"));
        for (Task<?> task : wishes) {
            assertEquals(task, task.on(dpu(Optional.of(DpuMode.DPU))));
            assertEquals(task, task.on(dpu(Optional.empty())));
            var elsewhere = assertInstanceOf(NotApplicable.class, task.on(dpu(Optional.of(DpuMode.NIC))));
            assertEquals(0, elsewhere.wants().questions().size());
            assertEquals(new Diff.NotApplicable("dpu-a is in NIC mode: its switch plane is not ours"), elsewhere.diff(elsewhere.why()));
        }
    }

    private static MachineContext dpu(Optional<DpuMode> mode) {
        var ssh = new Ssh(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Ssh.Sudo.NONE,
            Optional.empty());
        var machine = new Machine("dpu-a", Machine.Kind.DPU, List.of(), Optional.of("192.0.2.9"), ssh, List.of(), Optional.empty(),
            Optional.empty(), Optional.empty(), mode, Map.of());
        return new MachineContext(machine, new Inventory(Map.of("dpu-a", machine), Map.of(), Map.of(), Optional.empty()));
    }
}
