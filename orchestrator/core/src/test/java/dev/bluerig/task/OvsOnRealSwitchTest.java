package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.converge.Outcome;
import dev.bluerig.fact.ovs.OvsTopology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@NeedsLab(value = {"ovs-vsctl", "ovsdb-server", "ovs-vswitchd", "ip", "ethtool"}, root = true)
class OvsOnRealSwitchTest {
    @Test
    void hardware_offload_is_set_once_and_drift_is_mended() {
        try (var dpu = RealSwitch.factory()) {
            assertInstanceOf(Outcome.WouldChange.class, dpu.check("ovs", "{hw_offload: true}"));
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true}"));
            assertEquals("\"true\"\n", dpu.vsctl("get", "open_vswitch", ".", "other_config:hw-offload"));
            assertTrue(dpu.topology().ports().flatMap(port -> port.interfaces().stream()).allMatch(OvsTopology.Interface::works),
                "the restart lost a port");
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
    void undo_takes_away_what_was_not_there() {
        try (var dpu = RealSwitch.factory()) {
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true}"));
            dpu.undo();
            assertEquals("{}\n", dpu.vsctl("get", "open_vswitch", ".", "other_config"));
        }
    }

    /// The value alone looks right: what counts is that ovs-vswitchd was started since.
    @Test
    void a_restart_that_failed_is_made_up_for() {
        try (var dpu = RealSwitch.factory()) {
            dpu.ovs.refuseToRestart(true);
            failed("REMEDY_FAILED", dpu.apply("ovs", "{hw_offload: true}"));
            assertEquals("\"true\"\n", dpu.vsctl("get", "open_vswitch", ".", "other_config:hw-offload"));
            failed("NOT_ACCEPTED", dpu.accept("ovs", "{hw_offload: true}"));
            dpu.ovs.refuseToRestart(false);
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true}"));
            assertEquals(1, dpu.ovs.restarts());
            assertEquals("{}\n", dpu.vsctl("get", "open_vswitch", ".", "external_ids"));
            assertEquals(new Outcome.Ok(""), dpu.accept("ovs", "{hw_offload: true}"));
        }
    }

    /// Switched off in the database only: ovs-vswitchd goes on offloading until it starts again, and says so.
    @Test
    void a_value_that_the_switch_does_not_run_with_is_found() {
        try (var dpu = RealSwitch.factory()) {
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true}"));
            dpu.vsctl("set", "open_vswitch", ".", "other_config:hw-offload=false");
            failed("NOT_ACCEPTED", dpu.accept("ovs", "{hw_offload: false}"));
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: false}"));
            assertEquals(new Outcome.Ok(""), dpu.accept("ovs", "{hw_offload: false}"));
        }
    }

    @Test
    void a_dead_switch_is_started() {
        try (var dpu = RealSwitch.factory()) {
            dpu.ovs.stopSwitch();
            assertInstanceOf(Outcome.WouldChange.class, dpu.check("ovs", "{hw_offload: true}"));
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true}"));
            dpu.ovs.stopSwitch();
            dpu.ovs.stopDatabase();
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true}"));
            assertEquals(new Outcome.Ok(""), dpu.accept("ovs", "{hw_offload: true}"));
        }
    }

    /// Rules live in ovs-vswitchd alone: no restart takes them away unasked, on whichever bridge they are.
    @Test
    void a_restart_takes_nobodys_rules_away() {
        try (var dpu = RealSwitch.factory()) {
            for (String what : List.of("add-flow ovsbr2 priority=200,ip,nw_src=203.0.113.7,actions=drop",
                "add-group ovsbr2 group_id=1,type=all,bucket=output:1"))
                assertTrue(dpu.ovs.run(("ovs-ofctl -O OpenFlow15 " + what).split(" ")).ok(), what);
            failed("OVS_FLOWS", dpu.check("ovs", "{hw_offload: true}"));
            failed("OVS_FLOWS", dpu.apply("ovs", "{hw_offload: true}"));
            assertEquals(0, dpu.ovs.restarts());
            assertEquals(2, rules(dpu));
            dpu.ovs.stopDatabase();
            failed("OVS_FLOWS", dpu.apply("ovs", "{hw_offload: true}"));
            assertEquals(0, dpu.ovs.restarts());
            dpu.ovs.startDatabase();
            assertEquals(2, rules(dpu), "it went on without its database");
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true, flows: drop}"));
            assertEquals(1, rules(dpu));
            assertEquals(new Outcome.Ok(""), dpu.apply("ovs", "{hw_offload: true}"));
            dpu.undo();
            assertEquals(2, rules(dpu), "undo puts them back");
        }
    }

    /// What was set of ports lives there, too.
    @Test
    void a_restart_takes_nobodys_port_settings_away() {
        try (var dpu = RealSwitch.factory()) {
            for (String what : List.of("ovs-ofctl -O OpenFlow10 mod-port ovsbr2 p1 no-flood",
                "ovs-ofctl mod-port ovsbr1 pf0hpf no-receive", "ovs-appctl fdb/add ovsbr1 p0 7 02:00:00:00:00:aa"))
                assertTrue(dpu.ovs.run(what.split(" ")).ok(), what);
            failed("OVS_FLOWS", dpu.apply("ovs", "{hw_offload: true}"));
            assertEquals(0, dpu.ovs.restarts());
            assertInstanceOf(Outcome.Changed.class, dpu.apply("ovs", "{hw_offload: true, flows: drop}"));
            assertEquals(List.of(false, false, false), settings(dpu));
            dpu.undo();
            assertEquals(List.of(true, true, true), settings(dpu), "undo puts them back");
        }
    }

    private static List<Boolean> settings(RealSwitch dpu) {
        return List.of(dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow10", "dump-ports-desc", "ovsbr2").out().contains("NO_FLOOD"),
            dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow10", "dump-ports-desc", "ovsbr1").out().contains("NO_RECV"),
            dpu.ovs.run("ovs-appctl", "fdb/show", "ovsbr1").out().contains("static"));
    }

    @Test
    void a_switch_that_hangs_is_not_restarted() {
        try (var dpu = RealSwitch.factory()) {
            String pid = dpu.ovs.run("cat", "/var/run/openvswitch/ovs-vswitchd.pid").out().strip();
            assertTrue(dpu.ovs.run("kill", "-STOP", pid).ok());
            try {
                failed("OVS_NOT_ANSWERING", dpu.apply("ovs", "{hw_offload: true}"));
                assertEquals(0, dpu.ovs.restarts());
            } finally {
                dpu.ovs.run("kill", "-CONT", pid);
            }
        }
    }

    private static long rules(RealSwitch dpu) {
        return dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow15", "dump-flows", "ovsbr2").out().lines().filter(line -> line.contains("actions="))
            .count();
    }

    private static void failed(String code, Outcome outcome) {
        assertEquals(code, assertInstanceOf(Outcome.Failed.class, outcome, outcome::toString).failure().code().name());
    }
}
