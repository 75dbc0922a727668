package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.TaskCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OvsBridgeTaskTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("ovs_bridge");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {bridge: ovs-br0, ports: []}                                                  | joins no ports
        {bridge: ovs-br0, ports: [p0, p0]}                                            | names a port twice
        {bridge: p0, ports: [p0]}                                                     | not its own port
        [{bridge: a, ports: [p0]}, {bridge: b, ports: [p0]}]                          | p0 is named twice
        [{bridge: a, ports: [p0]}, {bridge: a, ports: [p1]}]                          | a is named twice
        []                                                                            | no bridge is named
        {bridge: "--no-wait", ports: [p0]}                                            | not a network device name
        {bridge: ovs-br0, ports: [p0], other_ports: destroy}                          | other_ports
        {bridge: ovs-br0, ports: [p0], datapath: netdev}                              | datapath
        """)
    void what_makes_no_sense_is_refused(String yaml, String why) {
        String said = SampleSpecs.refused(OvsBridgeTask.class, yaml);
        assertTrue(said.contains(why), said);
    }
}
