package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.CaseDirectory;
import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.TaskCases;
import dev.bluerig.fact.Facts;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Yaml;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InterfaceTaskTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("interface");
    }

    /// Promise 5: everything that is to be known of a converged machine is asked at once.
    @Test
    void a_converged_machine_costs_one_round_trip() throws Unreachable {
        assertEquals(1, roundTrips("netplan-converged"));
        assertEquals(1, roundTrips("ifupdown-converged"));
        assertEquals(2, roundTrips("networkmanager-converged"), "the profile is known by the device, and its settings by the profile");
    }

    private static int roundTrips(String name) throws Unreachable {
        var one = CaseDirectory.in("dev/bluerig/task/interface").stream().filter(some -> some.name().equals(name)).findFirst()
            .orElseThrow();
        var machine = FakeMachine.playing(one.transcript());
        new Facts(machine).ask(bind(one.text("wanted.yaml")).wants().questions());
        return machine.traffic().roundTrips();
    }

    private static InterfaceTask bind(String yaml) {
        return Binder.bind(InterfaceTask.class, Yaml.read("wanted.yaml", yaml));
    }

    @Test
    void what_contradicts_itself_is_refused_at_its_place() {
        refused("{mtu: 9000}", "say `name` or `pci`");
        refused("{name: p0, pci: \"0000:b1:00.0\", mtu: 9000}", "say `name` or `pci`");
        refused("{name: p0}", "nothing is wanted");
        refused("{name: p0, up: false, addresses: [192.0.2.1/30]}", "contradict");
        refused("{name: p0, addresses: [192.0.2.1/30, 192.0.2.1/30]}", "twice");
        refused("{name: p0, addresses: [192.0.2.1]}", "192.0.2.1");
        refused("[{name: p0, up: true}, {name: p0, mtu: 9000}]", "twice");
        refused("[]", "no link");
    }

    private static void refused(String yaml, String why) {
        var problems = assertThrows(InvalidInput.class, () -> bind(yaml)).problems();
        assertTrue(problems.getFirst().message().contains(why), problems.toString());
        assertTrue(problems.getFirst().at().line() == 1, problems.toString());
    }
}
