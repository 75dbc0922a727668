package dev.bluerig.fact.ovs;

import dev.bluerig.cases.FactCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OvsTopologyTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return FactCases.of("ovs", OvsTopology.class, new OvsTopology.Seen());
    }
}
