package dev.bluerig.fact.system;

import dev.bluerig.cases.FactCases;
import dev.bluerig.remote.Command;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ProbeTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return FactCases.of("probe", Probe.class, new Probe.Seen(Command.of("grep", "-qx", "16777216", "/proc/sys/net/core/rmem_max")));
    }
}
