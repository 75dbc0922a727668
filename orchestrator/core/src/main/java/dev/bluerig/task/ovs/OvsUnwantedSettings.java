package dev.bluerig.task.ovs;

import dev.bluerig.fact.ovs.OvsFlows;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.OvsTopology.Bridge;
import dev.bluerig.fact.ovs.OvsTopology.Interface;
import dev.bluerig.fact.ovs.OvsTopology.Port;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Settings of wanted ports and bridges that nobody wanted, and that decide whether traffic passes: a bridge that joins the right ports
/// with them is not what the inventory speaks of. They are told, never taken away: somebody set them.
final class OvsUnwantedSettings {
    /// What OpenFlow sets of a port (`ovs-ofctl mod-port`), and what NORMAL then does: drops what comes in; drops what would go out; never
    /// floods out, so no ARP request arrives (3.1.0, ofproto/trace).
    private static final List<String> OPENFLOW = List.of("no_flood", "no_forward", "no_receive");
    /// Columns that keep apart, drop or slow down what a bridge would join, and the same of OpenFlow.
    static final Set<String> COLUMNS = Set.of("cvlans", "fail_mode", "ingress_policing_kpkts_rate", "ingress_policing_rate", "no_flood",
        "no_forward", "no_receive", "protected", "qos", "tag", "trunks", "vlan_mode");

    private static final Set<String> OF_INTERFACE = Set.of("ingress_policing_kpkts_rate", "ingress_policing_rate");

    private final OvsPlan plan;
    private final OvsDevices devices;
    private final OvsFlows flows;
    private final BiConsumer<Finding, Change> note;
    private final List<String> commands = new ArrayList<>();

    OvsUnwantedSettings(OvsPlan plan, OvsDevices devices, OvsFlows flows, BiConsumer<Finding, Change> note) {
        this.plan = plan;
        this.devices = devices;
        this.flows = flows;
        this.note = note;
    }

    void look() {
        plan.targets().forEach((target, one) -> {
            OvsTopology ovs = devices.ovs();
            one.portNames().stream().flatMap(name -> ovs.port(name).stream()).forEach(port -> port(one, port));
            Stream.concat(ovs.bridge(target).stream(), plan.created().contains(target) ? plan.predecessor(target).flatMap(ovs::bridge)
                .stream() : Stream.<Bridge>empty())
                .forEach(bridge -> secure(one, bridge));
            ovs.bridge(target).ifPresent(bridge -> rules(one, bridge));
        });
    }

    private void port(OvsBridgeSpec one, Port port) {
        unwanted(one, port).forEach((column, value) ->
            unexpected(new Change("port " + devices.shown(port.name()) + ": " + column, "not set", value),
            cleared(OF_INTERFACE.contains(column) ? "interface" : "port", devices.record(port.name()), column)));
        devices.ovs().holder(port.name()).ifPresent(bridge -> port.interfaces().forEach(device ->
            OvsPortConfig.words(flows, bridge.name(), devices.record(device.name())).map(OvsPortConfig::column).filter(OPENFLOW::contains)
            .filter(word -> !one.intended().contains(word))
                .forEach(word -> unexpected(
                new Change("port " + devices.shown(device.name()) + ": " + word, "not set", "set by OpenFlow on " + bridge.name()),
                allowed(bridge.name(), devices.record(device.name()), word)))));
    }

    /// `command`: clears it.
    private void unexpected(Change change, String command) {
        note.accept(Finding.OVS_SETTING_UNEXPECTED, change);
        commands.add(command);
    }

    private static Map<String, String> unwanted(OvsBridgeSpec one, Port port) {
        var set = new TreeMap<>(port.settings());
        port.tag().ifPresent(tag -> set.put("tag", String.valueOf(tag)));
        if (!port.trunks().isEmpty()) set.put("trunks", port.trunks().toString());
        port.vlanMode().ifPresent(mode -> set.put("vlan_mode", mode));
        port.interfaces().stream().map(Interface::settings).forEach(set::putAll);
        set.keySet().retainAll(COLUMNS);
        set.keySet().removeAll(one.intended());
        return set;
    }

    /// Without a controller a secure bridge has the rules that somebody put there, until ovs-vswitchd starts again; then it has none.
    private void secure(OvsBridgeSpec one, Bridge bridge) {
        if (bridge.failMode().filter("secure"::equals).isEmpty() || bridge.foreign().contains("controller")
            || one.intended().contains("fail_mode")) return;
        unexpected(new Change("bridge " + bridge.name() + ": fail_mode", "not secure, or a controller", "secure"),
            cleared("bridge", bridge.name(), "fail_mode"));
    }

    private void rules(OvsBridgeSpec one, Bridge bridge) {
        var program = flows.of(bridge.name());
        if (one.flows() != OvsBridgeSpec.Flows.REFUSE && program.unknown().isEmpty() || program.isOrdinary()) return;
        note.accept(Finding.OVS_FLOWS, new Change("OpenFlow rules of " + bridge.name(), "NORMAL alone", OvsPrograms.shown(program)));
    }

    private static String allowed(String bridge, String device, String column) {
        String versions = "OpenFlow10" + (column.equals("no_flood") ? "" : ",OpenFlow13,OpenFlow15");
        return "ovs-ofctl -O " + versions + " mod-port " + bridge + " " + device + " " + column.substring("no_".length());
    }

    private static String cleared(String table, String record, String column) {
        if (column.equals("protected")) return "ovs-vsctl set " + table + " " + record + " protected=false";
        return OF_INTERFACE.contains(column) ? "ovs-vsctl set " + table + " " + record + " " + column + "=0"
            : "ovs-vsctl clear " + table + " " + record + " " + column;
    }

    /// How each of those found is cleared or accepted.
    String next() {
        return String.join("; ", commands) + "; or, when it is meant so, name the column in `intended` of ovs_bridge";
    }
}
