package dev.bluerig.task.ovs;

import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.OvsTopology.Bridge;
import dev.bluerig.remote.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A plan as one `ovs-vsctl`, there and back: all of it happens, or nothing.
///
/// A port is moved by handing its record from one bridge to the other, so its columns, and those of its interfaces, survive; OVS keeps
/// its `ofport` unless the new bridge has that number already (tried with OVS 3.1.0).
public final class OvsTransaction {
    /// ovs-vsctl waits until ovs-vswitchd has done it; OVS-DOCA opens ports slowly.
    private static final String TIMEOUT = "--timeout=60";
    private static final Duration DEADLINE = Duration.ofSeconds(70);

    private final OvsDevices devices;
    private final List<String> words = new ArrayList<>(List.of("ovs-vsctl", TIMEOUT));
    private int strange;

    private OvsTransaction(OvsDevices devices) {
        this.devices = devices;
    }

    public static Command there(OvsPlan plan, OvsDevices devices) {
        var transaction = new OvsTransaction(devices);
        var ovs = devices.ovs();
        var heirs = new HashSet<String>();
        for (String target : plan.created()) {
            Bridge like = heritage(plan, ovs, target);
            transaction.create(target, heirs.add(like.name()) ? like : withoutIdentity(like), true);
        }
        plan.moves().forEach(move -> transaction.move(move.port(), move.from(), move.to()));
        plan.adds().forEach(add -> transaction.add(add, ovs));
        plan.drops().stream().filter(drop -> !plan.deleted().contains(drop.from()))
            .forEach(drop -> transaction.part("del-port", drop.from().name(), devices.record(drop.port().name())));
        plan.deleted().forEach(bridge -> transaction.part("del-br", bridge.name()));
        return transaction.command();
    }

    public static Command back(OvsPlan plan, OvsDevices devices) {
        var transaction = new OvsTransaction(devices);
        plan.deleted().forEach(bridge -> transaction.create(bridge.name(), bridge, false));
        plan.moves().forEach(move -> transaction.move(move.port(), move.to(), move.from()));
        plan.drops().forEach(drop -> transaction.restore(drop.port(), drop.from().name()));
        plan.adds().stream().filter(add -> !plan.created().contains(add.to()))
            .forEach(add -> transaction.part("del-port", add.to(), add.port()));
        plan.created().forEach(target -> transaction.part("del-br", target));
        return transaction.command();
    }

    /// A new bridge is like the one whose place it takes; the data path of the machine when it takes nobody's.
    private static Bridge heritage(OvsPlan plan, OvsTopology ovs, String target) {
        return plan.predecessor(target).flatMap(ovs::bridge)
            .orElseGet(() -> Bridge.plain(target, dataPath(ovs)));
    }

    /// As the other bridges have it; without any, OVS's own default, which is the kernel's unless there is none.
    private static String dataPath(OvsTopology ovs) {
        if (!ovs.bridges().isEmpty()) return ovs.bridges().getFirst().datapathType();
        return ovs.flavour() == OvsTopology.Flavour.USERSPACE && !ovs.otherConfig().containsKey("default-datapath-type") ? "netdev" : "";
    }

    /// Two bridges cannot have one MAC address or datapath id: the first successor keeps them.
    private static Bridge withoutIdentity(Bridge bridge) {
        var config = new LinkedHashMap<>(bridge.otherConfig());
        config.keySet().removeAll(Set.of("hwaddr", "datapath-id"));
        return new Bridge(bridge.name(), bridge.datapathType(), bridge.failMode(), bridge.foreign(), bridge.externalIds(), config,
            bridge.ports(), bridge.settings(), Map.of(), Map.of());
    }

    private Command command() {
        return Command.of(words).within(DEADLINE);
    }

    private void part(String... part) {
        words.add("--");
        words.addAll(List.of(part));
    }

    private void create(String name, Bridge like, boolean ours) {
        part("add-br", name);
        var columns = new ArrayList<String>();
        if (!like.datapathType().isEmpty()) columns.add("datapath_type=" + OvsText.of(like.datapathType()));
        like.failMode().ifPresent(mode -> columns.add("fail_mode=" + mode));
        if (!like.otherConfig().isEmpty()) columns.add("other_config=" + OvsText.of(like.otherConfig()));
        var marks = new LinkedHashMap<>(like.externalIds());
        if (ours) marks.put("managed-by", "bluerig");
        if (!marks.isEmpty()) columns.add("external_ids=" + OvsText.of(marks));
        OvsCarryOver.bridgeColumns(like).forEach(columns::add);
        set("bridge", name, columns);
        set("port", name, OvsCarryOver.portColumns(like).toList());
        set("interface", name, OvsCarryOver.interfaceColumns(like).toList());
    }

    private void set(String table, String record, List<String> columns) {
        if (columns.isEmpty()) return;
        part("set", table, record);
        words.addAll(columns);
    }

    private void move(String port, String from, String to) {
        String handle = "@" + (port.matches("[A-Za-z][A-Za-z0-9_]*") ? port : "port" + ++strange);
        part("--id=" + handle, "get", "port", devices.record(port));
        part("remove", "bridge", from, "ports", handle);
        part("add", "bridge", to, "ports", handle);
    }

    private void add(OvsPlan.Add add, OvsTopology ovs) {
        part("add-port", add.to(), add.port());
        set("port", add.port(), List.of("external_ids=" + OvsText.of(Map.of("managed-by", "bluerig"))));
        if (dpdkByName(ovs)) set("interface", add.port(), List.of("type=dpdk"));
    }

    /// OVS-DOCA may be set up with ports of type dpdk that are named like their netdevs; a new port is made like the others.
    private static boolean dpdkByName(OvsTopology ovs) {
        return ovs.ports().flatMap(port -> port.interfaces().stream())
            .anyMatch(device -> device.type().equals("dpdk") && !device.options().containsKey("dpdk-devargs"));
    }

    private void restore(OvsTopology.Port port, String bridge) {
        String name = devices.record(port.name());
        if (port.interfaces().size() > 1) {
            part("add-bond", bridge, name);
            port.interfaces().forEach(device -> words.add(devices.record(device.name())));
        } else {
            part("add-port", bridge, name);
        }
        var columns = new ArrayList<String>();
        port.tag().ifPresent(tag -> columns.add("tag=" + tag));
        if (!port.trunks().isEmpty()) columns.add("trunks=" + OvsText.of(port.trunks()));
        port.vlanMode().ifPresent(mode -> columns.add("vlan_mode=" + mode));
        port.bondMode().ifPresent(mode -> columns.add("bond_mode=" + mode));
        port.lacp().ifPresent(mode -> columns.add("lacp=" + mode));
        if (!port.otherConfig().isEmpty()) columns.add("other_config=" + OvsText.of(port.otherConfig()));
        if (!port.externalIds().isEmpty()) columns.add("external_ids=" + OvsText.of(port.externalIds()));
        port.settings().forEach((column, value) -> columns.add(column + "=" + value));
        set("port", name, columns);
        port.interfaces().forEach(this::restore);
    }

    private void restore(OvsTopology.Interface device) {
        var columns = new ArrayList<String>();
        if (!device.type().isEmpty()) columns.add("type=" + OvsText.of(device.type()));
        if (!device.options().isEmpty()) columns.add("options=" + OvsText.of(device.options()));
        device.mtuRequest().ifPresent(mtu -> columns.add("mtu_request=" + mtu));
        if (!device.otherConfig().isEmpty()) columns.add("other_config=" + OvsText.of(device.otherConfig()));
        if (!device.externalIds().isEmpty()) columns.add("external_ids=" + OvsText.of(device.externalIds()));
        device.settings().forEach((column, value) -> columns.add(column + "=" + value));
        set("interface", devices.record(device.name()), columns);
    }
}
