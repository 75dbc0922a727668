package dev.bluerig.task.ovs;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.ovs.OvsFlows;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.OvsTopology.Bridge;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Why a plan must not be carried out. Everything is looked at and told, the gravest finding first.
public final class OvsObstacles {
    /// HBN, DPF (service chaining) and OVN build and own these bridges.
    private static final Set<String> FOREIGN = Set.of("br-hbn", "br-sfc", "br-ovn", "br-int");
    private static final Set<String> OWNERS = Set.of("bond", "team", "vrf", "bridge");

    private final OvsPlan plan;
    private final OvsDevices devices;
    private final OvsTopology ovs;
    private final OvsFlows flows;
    private final Links links;
    private final OvsUnwantedSettings unwanted;
    private final Map<Finding, List<Change>> found = new LinkedHashMap<>();

    private OvsObstacles(OvsPlan plan, OvsDevices devices, OvsFlows flows, Links links) {
        this.plan = plan;
        this.devices = devices;
        this.ovs = devices.ovs();
        this.flows = flows;
        this.links = links;
        unwanted = new OvsUnwantedSettings(plan, devices, flows, this::note);
    }

    /// What stands in the way of a change; and, when nothing is to be changed, why the bridges are not as wanted all the same.
    public static Optional<Diff.Unmet> of(OvsPlan plan, OvsDevices devices, OvsFlows flows, Links links) {
        var obstacles = new OvsObstacles(plan, devices, flows, links);
        if (!plan.nothingToDo()) obstacles.foreign();
        plan.targets().values().forEach(one -> one.portNames().forEach(obstacles::held));
        plan.targets().values().forEach(one -> one.portNames().forEach(obstacles::absent));
        Stream.concat(plan.moves().stream().filter(move -> !move.along()).map(OvsPlan.Move::port),
            plan.adds().stream().map(OvsPlan.Add::port)).forEach(obstacles::taken);
        plan.deleted().forEach(obstacles::addressed);
        plan.refused().forEach(obstacles::refused);
        obstacles.affected().stream().flatMap(name -> devices.ovs().bridge(name).stream()).forEach(obstacles::unspeakable);
        plan.moves().forEach(obstacles::otherDataPath);
        obstacles.shaped();
        plan.deleted().forEach(obstacles::lost);
        new OvsPortConfig(plan, devices, flows).lost(obstacles::note);
        obstacles.unwanted.look();
        return obstacles.gravest();
    }

    private Optional<Diff.Unmet> gravest() {
        if (found.isEmpty()) return Optional.empty();
        return Optional.of(new Diff.Unmet(found.entrySet().stream()
            .map(entry -> new Diff.Obstacle(entry.getKey(), entry.getValue(), switch (entry.getKey()) {
            case OVS_PORT_ABSENT -> whyAbsent();
            case OVS_SETTING_UNEXPECTED -> unwanted.next();
            default -> "";
        })).toList(), List.of()));
    }

    /// The likely cause, by what is there: no wanted port at all, or those of the first uplink only.
    private String whyAbsent() {
        var ports = plan.targets().values().stream().flatMap(one -> one.portNames().stream()).toList();
        if (ports.stream().noneMatch(port -> OvsPorts.link(links, port).isPresent()))
            return "none of the wanted ports exists, so the card is in NIC mode or its firmware is not up: mlxconfig -d ADDRESS -e q"
                + " INTERNAL_CPU_OFFLOAD_ENGINE";
        boolean first = ports.stream().anyMatch(port -> OvsPorts.function(port).filter("0"::equals).isPresent()
            && OvsPorts.link(links, port).isPresent());
        boolean second = ports.stream().anyMatch(port -> OvsPorts.function(port).filter("1"::equals).isPresent()
            && OvsPorts.link(links, port).isPresent());
        return first && !second ? "only the ports of p0 exist: a card with one port needs one bridge; else: devlink port show" : "";
    }

    private void note(Finding finding, String what, String expected, String seen) {
        note(finding, new Change(what, expected, seen));
    }

    private void note(Finding finding, Change change) {
        found.computeIfAbsent(finding, any -> new ArrayList<>()).add(change);
    }

    private void foreign() {
        for (Bridge bridge : ovs.bridges()) {
            if (FOREIGN.contains(bridge.name()))
                note(Finding.OVS_FOREIGN, "bridge " + bridge.name(), "no bridge of another system", "present");
            else if (bridge.failMode().filter("secure"::equals).isPresent() && bridge.ports().stream().anyMatch(OvsTopology.Port::isPatch))
                note(Finding.OVS_FOREIGN, "bridge " + bridge.name(), "no bridge of another system", "fail_mode secure, with patch ports");
        }
        for (String name : affected()) ovs.bridge(name).ifPresent(this::programmed);
    }

    private void programmed(Bridge bridge) {
        bridge.foreign().stream().filter(column -> !OvsCarryOver.mayGo(plan, bridge, column))
            .forEach(column -> note(Finding.OVS_FOREIGN, "bridge " + bridge.name(), "nobody else programs it", "has " + column));
        bridge.ports().stream().filter(OvsTopology.Port::fakeBridge).forEach(port ->
            note(Finding.OVS_FOREIGN, "bridge " + bridge.name(), "no VLAN bridges on it", port.name()));
    }

    private Set<String> affected() {
        var names = new LinkedHashSet<String>();
        plan.deleted().forEach(bridge -> names.add(bridge.name()));
        plan.moves().forEach(move -> names.addAll(List.of(move.from(), move.to())));
        plan.drops().forEach(drop -> names.add(drop.from().name()));
        plan.adds().forEach(add -> names.add(add.to()));
        return names;
    }

    /// One device in two ports: the second never works, and the first may stop.
    private void held(String port) {
        devices.holders(port, links).forEach(holder -> note(Finding.OVS_PORT_HELD, "port " + port, "in no other port",
            holder.port() + " on " + holder.bridge() + " has dpdk-devargs " + holder.device().text()));
    }

    /// Names with control characters, or that ovs-vsctl takes for something else, cannot be said in a command.
    private void unspeakable(Bridge bridge) {
        Stream.concat(Stream.of(bridge.name()),
            bridge.ports().stream()
            .flatMap(port -> Stream.concat(Stream.of(port.name()), port.interfaces().stream().map(OvsTopology.Interface::name))))
            .distinct().map(devices::record).filter(OvsText::unspeakable)
            .forEach(name -> note(Finding.OVS_NAME, "name on bridge " + OvsText.quoted(bridge.name()), "letters, digits and signs",
            OvsText.quoted(name)));
        OvsText.nul(bridge)
            .forEach(text -> note(Finding.OVS_NAME, "value on bridge " + OvsText.quoted(bridge.name()),
            "no null character, which ovs-vsctl refuses", text));
    }

    /// A port is opened otherwise by another data path: moving it there would be making it anew.
    private void otherDataPath(OvsPlan.Move move) {
        if (plan.created().contains(move.to())) return;
        var from = ovs.bridge(move.from()).map(this::dataPath);
        var to = ovs.bridge(move.to()).map(this::dataPath);
        if (!from.equals(to))
            note(Finding.OVS_DATAPATH, "port " + devices.shown(move.port()), "a bridge of data path " + from.orElse(""),
                move.to() + " has " + to.orElse(""));
    }

    private String dataPath(Bridge bridge) {
        return bridge.datapathType().isEmpty() ? ovs.otherConfig().getOrDefault("default-datapath-type", "system") : bridge.datapathType();
    }

    /// A port that Open vSwitch opens loses the queueing discipline that somebody gave it, unless its own `qos` made that (3.1.0, tried).
    private void shaped() {
        var opened = new LinkedHashSet<String>();
        plan.moves().forEach(move -> ovs.port(move.port()).filter(port -> !port.settings().containsKey("qos")).ifPresent(port ->
            port.interfaces().stream().filter(device -> device.type().isEmpty()).forEach(device -> opened.add(device.name()))));
        if (ovs.flavour() != OvsTopology.Flavour.DOCA) plan.adds().forEach(add -> opened.add(add.port()));
        for (String port : opened)
            OvsPorts.link(links, port).flatMap(Link::shaping)
                .filter(kind -> !OvsCarryOver.mayGo(plan, "qdisc"))
                .ifPresent(kind -> note(Finding.OVS_SETTINGS_LOST, "port " + port + ": qdisc", "none that Open vSwitch takes away", kind));
    }

    private void lost(Bridge gone) {
        OvsCarryOver.lost(plan, ovs, gone).stream().filter(lost -> !OvsCarryOver.mayGo(plan, lost.column()))
            .forEach(lost -> note(Finding.OVS_SETTINGS_LOST, lost.change()));
        var program = flows.of(gone.name());
        boolean kept = plan.keepsFlows(gone);
        boolean dropped = plan.takers(gone).stream().allMatch(one -> one.flows() == OvsBridgeSpec.Flows.DROP);
        if (program.isOrdinary() || dropped || kept && OvsCarryOver.takesAll(plan, gone) && OvsPrograms.standsAlone(program)) return;
        note(Finding.OVS_FLOWS, "OpenFlow rules of " + gone.name(), kept ? "all ports on one new bridge, alone" : "NORMAL alone",
            OvsPrograms.shown(program));
    }

    private void absent(String port) {
        if (devices.records().containsKey(port) || !devices.holders(port, links).isEmpty()) return;
        if (OvsPorts.link(links, port).isEmpty()) note(Finding.OVS_PORT_ABSENT, "port " + port, "a network device", "none of this name");
    }

    private void taken(String port) {
        ovs.ports()
            .filter(other -> !other.name().equals(port) && other.interfaces().stream().anyMatch(device -> device.name().equals(port)))
            .forEach(bond -> note(Finding.OVS_PORT_TAKEN, "port " + port, "free", "part of the OVS bond " + bond.name()));
        OvsPorts.link(links, port).ifPresent(link -> {
            link.master()
                .ifPresent(master -> owner(master)
                .ifPresent(kind -> note(Finding.OVS_PORT_TAKEN, "port " + port, "free", "enslaved to the " + kind + " " + master)));
            addresses(link).forEach(address -> note(Finding.OVS_PORT_HAS_ADDRESS, "port " + port, "no address", address));
        });
    }

    private Optional<String> owner(String master) {
        return OvsPorts.link(links, master).flatMap(Link::kind).filter(OWNERS::contains);
    }

    /// A bridge's own port goes with it, and so would its addresses, what is stacked on it, and whatever it belongs to.
    private void addressed(Bridge bridge) {
        var own = OvsPorts.link(links, bridge.name());
        own.ifPresent(link -> addresses(link)
            .forEach(address -> note(Finding.OVS_BRIDGE_IN_USE, "bridge " + bridge.name(), "no address", address)));
        own.flatMap(Link::master).flatMap(this::ownerOf)
            .ifPresent(owner -> note(Finding.OVS_BRIDGE_IN_USE, "bridge " + bridge.name(), "free", "enslaved to the " + owner));
        links.all().stream().filter(link -> link.lower().filter(bridge.name()::equals).isPresent())
            .forEach(link -> note(Finding.OVS_BRIDGE_IN_USE, "bridge " + bridge.name(), "nothing on top of it", link.name().text()));
    }

    private Optional<String> ownerOf(String master) {
        return owner(master).map(kind -> kind + " " + master);
    }

    /// Link-local addresses come and go by themselves.
    private static Stream<String> addresses(Link link) {
        return link.addresses().stream().filter(address -> !address.scope().equals("link")).map(address -> address.cidr().text());
    }

    private void refused(OvsPlan.Refused refused) {
        if (refused.uplink()) note(Finding.OVS_OTHER_UPLINK, "bridge " + refused.from(), "no other uplink", refused.port());
        else note(Finding.OVS_OTHER_PORTS, "bridge " + refused.from(), "no other ports", refused.port());
    }
}
