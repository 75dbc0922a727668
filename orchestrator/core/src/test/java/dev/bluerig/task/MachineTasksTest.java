package dev.bluerig.task;

import dev.bluerig.cases.CaseDirectory;
import dev.bluerig.cases.TaskCases;
import dev.bluerig.inventory.CardSlot;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.inventory.Ssh;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `firmware` and `kernel` on a host with two ports of one card, or, where the case's name starts with `dpu-`, on its DPU.
class MachineTasksTest {
    private static final Ssh SSH = new Ssh(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Ssh.Sudo.NONE, Optional.empty());
    private static final Machine HOST = new Machine("host-a", Machine.Kind.HOST, List.of(), Optional.of("192.0.2.11"), SSH,
        List.of(new Machine.Port(new PciAddress("0000:b1:00.0"), Optional.empty()),
        new Machine.Port(new PciAddress("0000:b1:00.1"), Optional.empty())),
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    private static final Machine DPU = new Machine("dpu-a", Machine.Kind.DPU, List.of(), Optional.of("192.0.2.12"), SSH, List.of(),
        Optional.of("host-a"), Optional.of(new CardSlot("0000:b1:00")), Optional.empty(), Optional.empty(), Map.of());
    private static final Inventory BENCH = new Inventory(Map.of("host-a", HOST, "dpu-a", DPU), Map.of(), Map.of(), Optional.empty());

    static MachineContext site(CaseDirectory one) {
        return new MachineContext(one.name().startsWith("dpu-") ? DPU : HOST, BENCH);
    }

    @TestFactory
    Stream<DynamicTest> firmware() {
        return TaskCases.of("firmware", MachineTasksTest::site);
    }

    @TestFactory
    Stream<DynamicTest> kernel() {
        return TaskCases.of("kernel", MachineTasksTest::site);
    }
}
