package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.converge.Outcome;
import dev.bluerig.fact.OvsTopology;
import org.junit.jupiter.api.Test;

@NeedsLab(value = {"ovs-vsctl", "ovsdb-server", "ovs-vswitchd", "ip", "ethtool"}, root = true)
class OvsOnRealSwitchTest {
    @Test
    void hardwareOffloadIsSetOnceAndDriftIsMended() {
        try (var dpu = RealSwitch.factory()) {
            assertInstanceOf(Outcome.WouldChange.class, dpu.check("ovs", "{hw_offload: true}"));
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true}"));
            assertEquals("\"true\"\n", dpu.vsctl("get", "open_vswitch", ".", "other_config:hw-offload"));
            assertTrue(dpu.topology().ports().flatMap(port -> port.interfaces().stream()).allMatch(OvsTopology.Interface::works), "the restart lost a port");
            assertEquals(1, dpu.ovs.restarts());
            assertEquals(new Outcome.Ok(""), dpu.apply("ovs", "{hw_offload: true}"));
            assertEquals(1, dpu.ovs.restarts(), "restarted without need");
            dpu.vsctl("set", "open_vswitch", ".", "other_config:hw-offload=false");
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true}"));
            dpu.undo();
            assertEquals("\"false\"\n", dpu.vsctl("get", "open_vswitch", ".", "other_config:hw-offload"));
        }
    }

    @Test
    void undoTakesAwayWhatWasNotThere() {
        try (var dpu = RealSwitch.factory()) {
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true}"));
            dpu.undo();
            assertEquals("{}\n", dpu.vsctl("get", "open_vswitch", ".", "other_config"));
        }
    }
}
