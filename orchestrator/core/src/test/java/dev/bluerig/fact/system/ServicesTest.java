package dev.bluerig.fact.system;

import dev.bluerig.cases.FactCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ServicesTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return FactCases.of("services", Services.class, new Services.Seen(List.of("openvswitch-switch.service", "openvswitch.service")));
    }
}
