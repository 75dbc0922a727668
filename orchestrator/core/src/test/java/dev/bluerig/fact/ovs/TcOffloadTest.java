package dev.bluerig.fact.ovs;

import dev.bluerig.cases.FactCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TcOffloadTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return FactCases.of("tc_offload", TcOffload.class, new TcOffload.Seen());
    }
}
