package dev.bluerig.fact.ovs;

import dev.bluerig.cases.FactCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OvsFlowsTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return FactCases.of("ovs-flows", OvsFlows.class,
            new OvsFlows.Seen(List.of("ovs-br0", "ovs-br1"), List.of("p0", "pf0hpf", "p1", "pf1hpf")));
    }
}
