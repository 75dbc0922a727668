package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.converge.Outcome;
import dev.bluerig.fact.ovs.OvsFlows;
import dev.bluerig.fact.ovs.OvsTopology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
@NeedsLab(value = {"ovs-vsctl", "ovsdb-server", "ovs-vswitchd", "ip", "tc"}, root = true)
class OvsBridgesOnRealSwitchTest {
    private static final List<String> FACTORY = List.of("ovsbr1: en3f0pf0sf0 p0 pf0hpf", "ovsbr2: en3f1pf1sf0 p1 pf1hpf");

    private RealSwitch dpu;

    @BeforeEach
    void up() {
        dpu = RealSwitch.factory();
    }

    @AfterEach
    void down() {
        dpu.close();
    }

    private static String wanted(String accept, String others) {
        return """
            - {bridge: ovs-br0, ports: [p0, pf0hpf], accept: %1$s, other_ports: %2$s}
            - {bridge: ovs-br1, ports: [p1, pf1hpf], accept: %1$s, other_ports: %2$s}
            """.formatted(accept, others);
    }

    private void changed(Outcome outcome) {
        assertInstanceOf(Outcome.Changed.class, outcome, outcome::toString);
    }

    private void same(String yaml) {
        assertEquals(new Outcome.Ok(""), dpu.apply("ovs_bridge", yaml));
    }

    private static void failed(String code, Outcome outcome) {
        assertEquals(code, assertInstanceOf(Outcome.Failed.class, outcome, outcome::toString).failure().code().name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        named    | keep   | ovs-br0: en3f0pf0sf0 p0 pf0hpf; ovs-br1: en3f1pf1sf0 p1 pf1hpf
        named    | drop   | ovs-br0: p0 pf0hpf; ovs-br1: p1 pf1hpf
        any-name | drop   | ovsbr1: p0 pf0hpf; ovsbr2: p1 pf1hpf
        """)
    void factoryStateIsRebuilt(String accept, String others, String expected) {
        var found = dpu.topology();
        String yaml = wanted(accept, others);
        assertInstanceOf(Outcome.WouldChange.class, dpu.check("ovs_bridge", yaml));
        assertEquals(FACTORY, dpu.shown(), "check changed something");
        changed(dpu.apply("ovs_bridge", yaml));
        assertEquals(List.of(expected.split("; ")), dpu.shown());
        assertTrue(dpu.topology().ports().flatMap(port -> port.interfaces().stream()).allMatch(OvsTopology.Interface::works));
        same(yaml);
        dpu.undo();
        assertEquals(found, renumbered(dpu.topology(), found), "undo did not bring back what was found");
    }

    /// A port that was recreated may get another number: only that it works is compared.
    private static OvsTopology renumbered(OvsTopology now, OvsTopology before) {
        var bridges = now.bridges().stream()
            .map(bridge -> new OvsTopology.Bridge(bridge.name(), bridge.datapathType(), bridge.failMode(), bridge.foreign(),
            bridge.externalIds(), bridge.otherConfig(),
            bridge.ports().stream().map(port -> new OvsTopology.Port(port.name(), port.interfaces().stream()
                .map(device -> new OvsTopology.Interface(device.name(), device.type(), device.options(), device.mtuRequest(), device.works()
                    ? before.port(port.name()).orElseThrow().interfaces().getFirst().ofport() : Optional.of(-1), device.error(),
                    device.linkState(), device.externalIds(), device.otherConfig(), device.settings()))
                .toList(), port.tag(), port.trunks(), port.vlanMode(), port.fakeBridge(), port.bondMode(), port.lacp(), port.externalIds(),
                port.otherConfig(), port.settings())).toList(), bridge.settings(), bridge.ownPort(), bridge.ownInterface())).toList();
        return new OvsTopology(now.flavour(), now.otherConfig(), bridges);
    }

    @Test
    void any_name_takes_the_factory_bridges() {
        same(wanted("any-name", "keep"));
        assertEquals(FACTORY, dpu.shown());
    }

    @ParameterizedTest
    @CsvSource({"named", "any-name"})
    void other_ports_are_refused(String accept) {
        failed("OVS_OTHER_PORTS", dpu.apply("ovs_bridge", wanted(accept, "refuse")));
        assertEquals(FACTORY, dpu.shown());
    }

    @ParameterizedTest
    @CsvSource({"named, ovs-br0: p0 pf0hpf; ovs-br1: p1 pf1hpf", "any-name, ovsbr1: p0 pf0hpf; ovsbr2: p1 pf1hpf"})
    void refuse_is_content_without_other_ports(String accept, String expected) {
        dpu.vsctl("del-port", "en3f0pf0sf0", "--", "del-port", "en3f1pf1sf0");
        dpu.apply("ovs_bridge", wanted(accept, "refuse"));
        assertEquals(List.of(expected.split("; ")), dpu.shown());
        same(wanted(accept, "refuse"));
    }

    @Test
    void every_setting_survives_the_move() {
        var before = dpu.topology();
        changed(dpu.apply("ovs_bridge", wanted("named", "keep")));
        var after = dpu.topology();
        assertEquals(before.ports().toList(), after.ports().toList(), "a port lost a setting or its number");
        var bridge = after.bridge("ovs-br0").orElseThrow();
        assertEquals("netdev", bridge.datapathType());
        assertEquals(Map.of("image", "factory", "managed-by", "bluerig"), bridge.externalIds());
    }

    @Test
    void drift_is_found_and_mended() {
        String yaml = wanted("named", "keep");
        changed(dpu.apply("ovs_bridge", yaml));
        dpu.vsctl("del-port", "pf0hpf");
        changed(dpu.apply("ovs_bridge", yaml));
        dpu.vsctl("del-port", "p0", "--", "add-port", "ovs-br1", "p0");
        changed(dpu.apply("ovs_bridge", yaml));
        dpu.vsctl("del-br", "ovs-br1");
        changed(dpu.apply("ovs_bridge", yaml));
        assertEquals(List.of("ovs-br0: en3f0pf0sf0 p0 pf0hpf", "ovs-br1: p1 pf1hpf"), dpu.shown());
        same(yaml);
    }

    @Test
    void without_any_bridge_they_are_made_for_the_data_path_that_there_is() {
        dpu.vsctl("del-br", "ovsbr1", "--", "del-br", "ovsbr2");
        changed(dpu.apply("ovs_bridge", wanted("named", "keep")));
        assertEquals(List.of("ovs-br0: p0 pf0hpf", "ovs-br1: p1 pf1hpf"), dpu.shown());
        dpu.undo();
        assertEquals(List.of(), dpu.shown());
    }

    @Test
    void a_neighbours_bridge_is_left_alone() {
        dpu.ovs.addLink("vnet0");
        dpu.vsctl("add-br", "br-lab", "--", "set", "bridge", "br-lab", "datapath_type=netdev", "--", "add-port", "br-lab", "vnet0");
        changed(dpu.apply("ovs_bridge", wanted("named", "drop")));
        assertEquals(List.of("br-lab: vnet0", "ovs-br0: p0 pf0hpf", "ovs-br1: p1 pf1hpf"), dpu.shown());
    }

    @Test
    void one_bridge_is_taken_apart() {
        dpu.vsctl("del-br", "ovsbr1", "--", "del-br", "ovsbr2", "--", "add-br", "all", "--", "set", "bridge", "all",
            "datapath_type=netdev", "other_config:hwaddr=02:00:00:00:00:0a",
            "--", "add-port", "all", "en3f1pf1sf0", "--", "add-port", "all", "p1", "--", "add-port", "all", "pf1hpf", "--", "add-port",
            "all", "p0",
            "--", "add-port", "all", "pf0hpf", "--", "add-port", "all", "en3f0pf0sf0");
        var before = dpu.topology();
        changed(dpu.apply("ovs_bridge", wanted("any-name", "keep")));
        assertEquals(List.of("all: en3f0pf0sf0 p0 pf0hpf", "ovs-br1: en3f1pf1sf0 p1 pf1hpf"), dpu.shown());
        dpu.undo();
        assertEquals(before, dpu.topology());
        changed(dpu.apply("ovs_bridge", wanted("named", "keep")));
        assertEquals(List.of("ovs-br0: en3f0pf0sf0 p0 pf0hpf", "ovs-br1: en3f1pf1sf0 p1 pf1hpf"), dpu.shown());
        assertEquals(Map.of("hwaddr", "02:00:00:00:00:0a"), dpu.topology().bridge("ovs-br0").orElseThrow().otherConfig());
        assertEquals(Map.of(), dpu.topology().bridge("ovs-br1").orElseThrow().otherConfig());
        dpu.undo();
        assertEquals(before, dpu.topology());
    }

    @Test
    void ports_of_one_number_meet_in_one_bridge() {
        String yaml = "{bridge: ovs-br0, ports: [p0, pf0hpf, p1]}";
        changed(dpu.apply("ovs_bridge", yaml));
        assertEquals(List.of("ovs-br0: en3f0pf0sf0 en3f1pf1sf0 p0 p1 pf0hpf pf1hpf"), dpu.shown());
        assertEquals(6, dpu.topology().ports().flatMap(port -> port.interfaces().stream()).filter(OvsTopology.Interface::works)
            .map(OvsTopology.Interface::ofport).distinct().count());
        same(yaml);
    }

    @Test
    void a_dropped_bond_comes_back_by_undo() {
        dpu.ovs.addLink("x1");
        dpu.ovs.addLink("x2");
        dpu.vsctl("add-bond", "ovsbr1", "bond7", "x1", "x2", "bond_mode=active-backup", "lacp=off", "other_config:bond-primary=x1",
            "--", "add-port", "ovsbr1", "vx-1.2", "--", "set", "interface", "vx-1.2", "type=vxlan", "options:remote_ip=192.0.2.9",
            "options:key=5", "external_ids:who=\"a \\\"b\\\"\"");
        var found = dpu.topology();
        changed(dpu.apply("ovs_bridge", wanted("named", "drop")));
        assertEquals(List.of("ovs-br0: p0 pf0hpf", "ovs-br1: p1 pf1hpf"), dpu.shown());
        dpu.undo();
        assertEquals(found.bridge("ovsbr1").orElseThrow().ports().stream().map(OvsTopology.Port::name).toList(),
            dpu.topology().bridge("ovsbr1").orElseThrow().ports().stream().map(OvsTopology.Port::name).toList());
        var bond = dpu.topology().port("bond7").orElseThrow();
        assertEquals(Optional.of("active-backup"), bond.bondMode());
        assertEquals(Map.of("bond-primary", "x1"), bond.otherConfig());
        var tunnel = dpu.topology().port("vx-1.2").orElseThrow().interfaces().getFirst();
        assertEquals(found.port("vx-1.2").orElseThrow().interfaces().getFirst().options(), tunnel.options());
        assertEquals(Map.of("who", "a \"b\""), tunnel.externalIds());
    }

    @Test
    void an_address_on_the_old_bridge_is_not_lost() {
        dpu.ovs.run("ip", "address", "add", "192.0.2.1/24", "dev", "ovsbr2");
        failed("OVS_BRIDGE_IN_USE", dpu.check("ovs_bridge", wanted("named", "keep")));
        same(wanted("any-name", "keep"));
    }

    @Test
    void an_uplink_with_an_address_is_not_taken() {
        dpu.ovs.run("ip", "address", "add", "192.0.2.1/24", "dev", "p0");
        failed("OVS_PORT_HAS_ADDRESS", dpu.check("ovs_bridge", wanted("named", "keep")));
    }

    @Test
    void a_missing_netdev_is_explained() {
        failed("OVS_PORT_ABSENT", dpu.check("ovs_bridge", "{bridge: ovs-br2, ports: [p2, pf2hpf]}"));
    }

    @Test
    void a_port_that_vanished_is_found() {
        String yaml = wanted("named", "keep");
        changed(dpu.apply("ovs_bridge", yaml));
        dpu.ovs.run("ip", "link", "del", "p0");
        failed("OVS_PORT_ABSENT", dpu.apply("ovs_bridge", yaml));
    }

    @Test
    void a_foreign_system_is_left_alone() {
        dpu.vsctl("add-br", "br-hbn", "--", "set", "bridge", "br-hbn", "datapath_type=netdev");
        failed("OVS_FOREIGN", dpu.apply("ovs_bridge", wanted("named", "keep")));
        same(wanted("any-name", "keep"));
    }

    @Test
    void a_dead_switch_is_a_finding() {
        dpu.ovs.stopSwitch();
        failed("OVS_NOT_RUNNING", dpu.check("ovs_bridge", wanted("named", "keep")));
        dpu.ovs.stopDatabase();
        failed("OVS_NOT_RUNNING", dpu.check("ovs_bridge", wanted("named", "keep")));
    }

    /// The rules of two bridges are not asked of one that was silent; a healthy one is asked for all in one exchange.
    @Test
    void a_switch_that_hangs_is_waited_for_once() {
        dpu.ovs.suspendSwitch(true);
        try {
            failed("OVS_NOT_ANSWERING", dpu.check("ovs_bridge", wanted("named", "keep")));
        } finally {
            dpu.ovs.suspendSwitch(false);
        }
        assertEquals(List.of("ovs-appctl --timeout=5 version"),
            dpu.ovs.asked().stream().filter(line -> line.startsWith("ovs-appctl") || line.startsWith("ovs-ofctl")).toList());
        same(wanted("any-name", "keep"));
    }

    private static final String FIRST = "{bridge: ovs-br0, ports: [p0, pf0hpf], flows: %s}";

    private String rules(String bridge) {
        return dpu.ovs.run("ovs-ofctl", "-O", OvsFlows.VERSIONS, "--no-stats", "--no-names", "dump-flows", bridge).out()
            + dpu.ovs.run("ovs-ofctl", "-O", OvsFlows.VERSIONS, "dump-groups", bridge).out()
            + dpu.ovs.run("ovs-ofctl", "-O", OvsFlows.VERSIONS, "dump-meters", bridge).out();
    }

    /// Rules of its owner, a drop among them, with a group and a meter, on the bridge that would go.
    private String programmed() {
        dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow15", "add-meter", "ovsbr1", "meter=3,pktps,burst,band=type=drop,rate=5,burst_size=9");
        dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow15", "add-group", "ovsbr1",
            "group_id=7,type=all,bucket=actions=output:1,bucket=actions=output:2");
        dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow15", "add-flow", "ovsbr1", "cookie=0xabc,priority=200,ip,nw_src=203.0.113.7,actions=drop");
        dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow15", "add-flow", "ovsbr1",
            "table=3,idle_timeout=900,importance=4,priority=9,in_port=1,actions=meter:3,group:7");
        return rules("ovsbr1");
    }

    @Test
    void rules_of_their_owner_are_refused_or_move_along_and_undo_brings_them_back() {
        String found = programmed();
        assertTrue(found.contains("nw_src=203.0.113.7") && found.contains("group_id=7") && found.contains("meter=3"), found);
        failed("OVS_FLOWS", dpu.check("ovs_bridge", FIRST.formatted("refuse")));
        changed(dpu.apply("ovs_bridge", FIRST.formatted("keep")));
        assertEquals(found, rules("ovs-br0"));
        same(FIRST.formatted("keep"));
        failed("OVS_FLOWS", dpu.apply("ovs_bridge", FIRST.formatted("refuse")));
        dpu.undo();
        assertEquals(found, rules("ovsbr1"));
        changed(dpu.apply("ovs_bridge", FIRST.formatted("drop")));
        assertEquals(" priority=0 actions=NORMAL", rules("ovs-br0").lines().findFirst().orElse(""));
        dpu.undo();
        assertEquals(found, rules("ovsbr1"));
    }

    private void set(String bridge, String port, String... words) {
        for (String word : words) assertTrue(dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow10", "mod-port", bridge, port, word).ok());
    }

    /// `p0: NO_RECV NO_FLOOD` for each port of a bridge of which OpenFlow set something; a link that is down is no such thing.
    private List<String> set(String bridge) {
        String shown = dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow10", "dump-ports-desc", bridge).out().replace("PORT_DOWN", "0");
        return Pattern.compile("\\((.*)\\): addr:.*\n *config: +(?:0 )?(.*[A-Z].*)").matcher(shown).results()
            .map(one -> one.group(1) + ": " + one.group(2)).sorted().toList();
    }

    @Test
    void what_open_flow_set_of_ports_moves_along_and_undo_brings_it_back() {
        set("ovsbr1", "en3f0pf0sf0", "no-receive", "no-flood", "no-forward", "no-packet-in", "no-stp", "no-receive-stp");
        set("ovsbr1", "ovsbr1", "no-forward");
        set("ovsbr1", "p0", "no-packet-in");
        assertEquals(List.of("en3f0pf0sf0: NO_STP NO_RECV NO_RECV_STP NO_FLOOD NO_FWD NO_PACKET_IN", "ovsbr1: NO_FWD", "p0: NO_PACKET_IN"),
            set("ovsbr1"));
        changed(dpu.apply("ovs_bridge", FIRST.formatted("refuse")));
        assertEquals(List.of("en3f0pf0sf0: NO_STP NO_RECV NO_RECV_STP NO_FLOOD NO_FWD NO_PACKET_IN", "ovs-br0: NO_FWD",
            "p0: NO_PACKET_IN"), set("ovs-br0"));
        same(FIRST.formatted("refuse"));
        dpu.undo();
        assertEquals(List.of("en3f0pf0sf0: NO_STP NO_RECV NO_RECV_STP NO_FLOOD NO_FWD NO_PACKET_IN", "ovsbr1: NO_FWD", "p0: NO_PACKET_IN"),
            set("ovsbr1"));
        changed(dpu.apply("ovs_bridge", "{bridge: ovs-br0, ports: [p0, pf0hpf], other_ports: drop}"));
        dpu.undo();
        assertEquals(List.of("en3f0pf0sf0: NO_STP NO_RECV NO_RECV_STP NO_FLOOD NO_FWD NO_PACKET_IN", "ovsbr1: NO_FWD", "p0: NO_PACKET_IN"),
            set("ovsbr1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "forward", "flood"})
    void a_wanted_port_that_open_flow_silences_is_told_with_the_command_that_mends_it(String what) {
        String yaml = "{bridge: ovsbr1, ports: [p0, pf0hpf]}";
        set("ovsbr1", "pf0hpf", "no-" + what);
        failed("OVS_SETTING_UNEXPECTED", dpu.check("ovs_bridge", yaml));
        same("{bridge: ovsbr1, ports: [p0, pf0hpf], intended: [no_" + what + "]}");
        set("ovsbr1", "pf0hpf", what);
        same(yaml);
    }

    /// OpenFlow 1.0 is not spoken there, and cannot be asked about no-flood.
    @Test
    void a_bridge_of_a_newer_protocol_is_asked_in_it() {
        dpu.vsctl("set", "bridge", "ovsbr1", "protocols=[OpenFlow13]");
        same("{bridge: ovsbr1, ports: [p0, pf0hpf]}");
        assertTrue(dpu.ovs.run("ovs-ofctl", "-O", "OpenFlow13", "mod-port", "ovsbr1", "p0", "no-receive").ok());
        failed("OVS_SETTING_UNEXPECTED", dpu.check("ovs_bridge", "{bridge: ovsbr1, ports: [p0, pf0hpf]}"));
    }

    private List<String> pinned(String bridge) {
        return dpu.ovs.run("ovs-appctl", "fdb/show", bridge).out().lines().filter(line -> line.endsWith("static"))
            .map(line -> line.strip().replaceFirst("\\S+ +", "")).sorted().toList();
    }

    @Test
    void pinned_addresses_move_along_and_undo_brings_them_back() {
        assertTrue(dpu.ovs.run("ovs-appctl", "fdb/add", "ovsbr1", "p0", "0", "02:00:00:00:00:aa").ok());
        assertTrue(dpu.ovs.run("ovs-appctl", "fdb/add", "ovsbr1", "en3f0pf0sf0", "7", "02:00:00:00:00:ab").ok());
        assertTrue(dpu.ovs.run("ovs-appctl", "fdb/add", "ovsbr1", "ovsbr1", "0", "02:00:00:00:00:ac").ok());
        var found = pinned("ovsbr1");
        assertEquals(List.of("0  02:00:00:00:00:aa  static", "0  02:00:00:00:00:ac  static", "7  02:00:00:00:00:ab  static"), found);
        changed(dpu.apply("ovs_bridge", FIRST.formatted("refuse")));
        assertEquals(found, pinned("ovs-br0"));
        dpu.undo();
        assertEquals(found, pinned("ovsbr1"));
    }

    /// As of a port that is moved, so of one that is added.
    @Test
    void a_queueing_discipline_that_somebody_gave_a_port_is_not_taken_away_unasked() {
        String shaped = "{bridge: ovs-br0, ports: [p0, pf0hpf], lose: [%s]}";
        NeedsLab.Condition.meet(dpu.ovs.run("tc", "qdisc", "replace", "dev", "p0", "root", "handle", "1:", "htb").ok(),
            "a kernel with htb");
        failed("OVS_SETTINGS_LOST", dpu.apply("ovs_bridge", FIRST.formatted("refuse")));
        assertTrue(dpu.ovs.run("tc", "qdisc", "show", "dev", "p0").out().contains("htb 1:"));
        changed(dpu.apply("ovs_bridge", shaped.formatted("qdisc")));
        assertFalse(dpu.ovs.run("tc", "qdisc", "show", "dev", "p0").out().contains("htb"));
        dpu.vsctl("del-port", "p0");
        dpu.ovs.run("tc", "qdisc", "replace", "dev", "p0", "root", "handle", "1:", "htb");
        failed("OVS_SETTINGS_LOST", dpu.apply("ovs_bridge", FIRST.formatted("refuse")));
        changed(dpu.apply("ovs_bridge", shaped.formatted("qdisc")));
        assertFalse(dpu.ovs.run("tc", "qdisc", "show", "dev", "p0").out().contains("htb"));
    }

    @Test
    void every_column_of_a_bridge_moves_along_or_is_refused_by_name() {
        dpu.vsctl("--id=@s", "create", "sflow", "targets=\"192.0.2.1:6343\"", "--", "--id=@m", "create", "mirror", "name=m0", "--", "set",
            "bridge", "ovsbr1", "sflow=@s",
            "mirrors=@m", "stp_enable=true", "flood_vlans=[3,4]", "protocols=[OpenFlow13,OpenFlow15]", "mcast_snooping_enable=true", "--",
            "set", "port", "ovsbr1", "tag=9",
            "--", "set", "interface", "ovsbr1", "mtu_request=1400", "external_ids:who=\"a \\\"b\\\"\"");
        failed("OVS_FOREIGN", dpu.check("ovs_bridge", FIRST.formatted("refuse")));
        dpu.vsctl("clear", "bridge", "ovsbr1", "mirrors");
        var found = dpu.topology().bridge("ovsbr1").orElseThrow();
        assertEquals(List.of("flood_vlans", "mcast_snooping_enable", "protocols", "sflow", "stp_enable"),
            List.copyOf(found.settings().keySet()));
        changed(dpu.apply("ovs_bridge", FIRST.formatted("refuse")));
        var now = dpu.topology().bridge("ovs-br0").orElseThrow();
        assertEquals(List.of(found.settings(), found.ownPort(), found.ownInterface()),
            List.of(now.settings(), now.ownPort(), now.ownInterface()));
        dpu.undo();
        var back = dpu.topology().bridge("ovsbr1").orElseThrow();
        assertEquals(List.of(found.settings(), found.ownPort(), found.ownInterface()),
            List.of(back.settings(), back.ownPort(), back.ownInterface()));
    }

    /// The port called dpdk0 is the uplink by its device, wherever the kernel says so; here it does not, so it may be.
    @Test
    void a_port_that_has_the_device_under_another_name_is_not_claimed_twice() {
        dpu.vsctl("del-br", "ovsbr1", "--", "add-br", "ovs_dpdk_br0", "--", "set", "bridge", "ovs_dpdk_br0", "datapath_type=netdev");
        dpu.ovs.run("ovs-vsctl", "--timeout=10", "add-port", "ovs_dpdk_br0", "dpdk0", "--", "set", "interface", "dpdk0", "type=dpdk",
            "options:dpdk-devargs=0000:03:00.0",
            "--", "add-port", "ovs_dpdk_br0", "dpdk1", "--", "set", "interface", "dpdk1", "type=dpdk",
            "options:dpdk-devargs=\"0000:03:00.0,representor=[65535]\"");
        failed("OVS_PORT_HELD", dpu.apply("ovs_bridge", FIRST.formatted("refuse")));
        assertEquals(List.of("ovs_dpdk_br0: dpdk0 dpdk1", "ovsbr2: en3f1pf1sf0 p1 pf1hpf"), dpu.shown());
    }

    @Test
    void a_tag_that_nobody_wanted_is_told_and_never_carried_away() {
        dpu.vsctl("set", "port", "pf0hpf", "tag=100");
        failed("OVS_SETTING_UNEXPECTED", dpu.apply("ovs_bridge", FIRST.formatted("refuse")));
        changed(dpu.apply("ovs_bridge", "{bridge: ovs-br0, ports: [p0, pf0hpf], intended: [tag]}"));
        same("{bridge: ovs-br0, ports: [p0, pf0hpf], intended: [tag]}");
        failed("OVS_SETTING_UNEXPECTED", dpu.apply("ovs_bridge", FIRST.formatted("refuse")));
        assertEquals("100\n", dpu.vsctl("get", "port", "pf0hpf", "tag"));
    }

    @Test
    void a_name_that_no_command_can_say_is_a_finding() {
        dpu.ovs.run("ovs-vsctl", "--timeout=10", "add-port", "ovsbr1", "x\nplay: FORGED");
        failed("OVS_NAME", dpu.check("ovs_bridge", FIRST.formatted("refuse")));
    }
}
