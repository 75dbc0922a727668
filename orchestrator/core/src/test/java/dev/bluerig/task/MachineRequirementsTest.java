package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.CaseDirectory;
import dev.bluerig.cases.FakeMachine;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.Version;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Yaml;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is refused before anything is connected, and what asking costs.
class MachineRequirementsTest {
    private static String refusal(Class<?> type, String yaml) {
        return assertThrows(InvalidInput.class, () -> Binder.bind(type, Yaml.read("play.yaml", yaml))).getMessage();
    }

    @Test
    void an_empty_requirement_is_a_mistake() {
        assertTrue(refusal(FirmwareSpec.class, "{}").contains("nothing is required"));
        assertTrue(refusal(KernelSpec.class, "{}").contains("nothing is wanted"));
    }

    @Test
    void wrong_words_are_located() {
        assertTrue(refusal(FirmwareSpec.class, "crypto: maybe").startsWith("play.yaml:1:9"), refusal(FirmwareSpec.class, "crypto: maybe"));
        assertTrue(refusal(FirmwareSpec.class, "minimum: new").contains("not a version such as"));
        assertTrue(refusal(KernelSpec.class, "tls_offload: [tx, both]").startsWith("play.yaml:1:19"));
        assertTrue(refusal(KernelSpec.class, "modules: ['tls; reboot']").contains("not a module name"));
        assertTrue(refusal(KernelSpec.class, "options: {'TLS|x': y}").contains("not a kernel option"));
    }

    @Test
    void versions_compare_number_by_number() {
        assertTrue(new Version("5.10").atLeast(new Version("5.9")));
        assertTrue(new Version("6.1").atLeast(new Version("6.1.0")));
        assertEquals("5.4.0", Version.leading("5.4.0-1054.44.g88324c5-bluefield").orElseThrow().text());
    }

    @Test
    void firmware_and_kernel_of_a_host_cost_two_round_trips_together() throws Unreachable {
        var firmware = CaseDirectory.in("dev/bluerig/task/firmware").stream().filter(one -> one.name().equals("as-wanted")).findFirst()
            .orElseThrow();
        var kernel = CaseDirectory.in("dev/bluerig/task/kernel").stream().filter(one -> one.name().equals("flags-and-config")).findFirst()
            .orElseThrow();
        var first = firmware.transcript();
        var second = kernel.transcript();
        var machine =
            new FakeMachine(command -> (second.commands().contains(command.line()) || command.words().getFirst().equals("ofed_info")
            ? second : first).reply(command));
        var cards = Binder.bind(FirmwareSpec.class, Yaml.read("wanted.yaml", firmware.text("wanted.yaml")))
            .on(MachineTasksTest.site(firmware));
        var state = Binder.bind(KernelSpec.class, Yaml.read("wanted.yaml", kernel.text("wanted.yaml"))).on(MachineTasksTest.site(kernel));
        var questions = new LinkedHashSet<>(cards.wants().questions());
        questions.addAll(state.wants().questions());
        var facts = new Facts(machine);
        facts.ask(questions);
        assertTrue(List.of(facts.get(cards.wants()), facts.get(state.wants())).stream().allMatch(Reading.Known.class::isInstance));
        assertEquals(2, machine.traffic().roundTrips());
        assertEquals(machine.ran().stream().distinct().count(), machine.ran().size(), "no command travels twice");
    }
}
