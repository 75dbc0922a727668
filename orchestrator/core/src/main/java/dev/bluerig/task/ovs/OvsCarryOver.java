package dev.bluerig.task.ovs;

import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.OvsTopology.Bridge;
import dev.bluerig.task.diff.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a bridge that goes hands to the one that takes its place, and what nobody takes over.
public final class OvsCarryOver {
    /// Columns of which a new bridge can be given the same value: plain ones, and references to records that do not name the bridge back.
    private static final Set<String> BRIDGE =
        Set.of("auto_attach", "flood_vlans", "flow_tables", "ipfix", "mcast_snooping_enable", "netflow", "protocols", "rstp_enable",
        "sflow", "stp_enable");
    private static final Set<String> PORT =
        Set.of("bond_downdelay", "bond_fake_iface", "bond_mode", "bond_updelay", "cvlans", "external_ids", "lacp", "mac", "other_config",
        "protected", "qos", "tag", "trunks", "vlan_mode");
    private static final Set<String> INTERFACE =
        Set.of("bfd", "cfm_mpid", "external_ids", "ingress_policing_burst", "ingress_policing_kpkts_burst",
        "ingress_policing_kpkts_rate", "ingress_policing_rate", "lldp", "mac", "mtu_request", "options", "other_config");

    private OvsCarryOver() {}

    /// The new bridge that takes this one's place: the first that does, because two bridges cannot have one MAC address or datapath id.
    public static Optional<String> successor(OvsPlan plan, Bridge gone) {
        return plan.created().stream().filter(target -> plan.predecessor(target).filter(gone.name()::equals).isPresent()).findFirst();
    }

    /// A column that nobody takes over, with what stands in it.
    record Lost(String column, Change change) {
        static Lost of(Bridge bridge, String whose, String column, String value) {
            return new Lost(column, new Change("bridge " + bridge.name() + ": " + whose + column, "at its default, or moved along", value));
        }
    }

    /// What the bridge that takes the ports has, too, is not lost.
    static List<Lost> lost(OvsPlan plan, OvsTopology ovs, Bridge gone) {
        boolean inherited = successor(plan, gone).isPresent();
        var taker = taker(plan, ovs, gone);
        var lost = new ArrayList<Lost>();
        if (!inherited) {
            gone.failMode().filter(mode -> mode.equals("secure") && taker.flatMap(Bridge::failMode).filter(mode::equals).isEmpty())
                .ifPresent(mode -> lost.add(Lost.of(gone, "", "fail_mode", mode)));
            maps(gone.externalIds(), taker.map(Bridge::externalIds), "managed-by")
                .ifPresent(rest -> lost.add(Lost.of(gone, "", "external_ids", rest)));
            maps(gone.otherConfig(), taker.map(Bridge::otherConfig), "")
                .ifPresent(rest -> lost.add(Lost.of(gone, "", "other_config", rest)));
        }
        beside(gone.settings(), taker.map(Bridge::settings), inherited ? BRIDGE : Set.of())
            .forEach(entry -> lost.add(Lost.of(gone, "", entry.getKey(), entry.getValue())));
        beside(gone.ownPort(), taker.map(Bridge::ownPort), inherited ? PORT : Set.of())
            .forEach(entry -> lost.add(Lost.of(gone, "own port's ", entry.getKey(), entry.getValue())));
        beside(gone.ownInterface(), taker.map(Bridge::ownInterface), inherited ? INTERFACE : Set.of())
            .forEach(entry -> lost.add(Lost.of(gone, "own interface's ", entry.getKey(), entry.getValue())));
        return lost;
    }

    /// The one bridge that takes all ports, as it will be; empty when there are several, or when this bridge is the one that is copied.
    private static Optional<Bridge> taker(OvsPlan plan, OvsTopology ovs, Bridge gone) {
        var takers = plan.moves().stream().filter(move -> move.from().equals(gone.name())).map(OvsPlan.Move::to).distinct().toList();
        if (takers.size() != 1 || successor(plan, gone).isPresent()) return Optional.empty();
        return ovs.bridge(plan.created().contains(takers.getFirst()) ? plan.predecessor(takers.getFirst()).orElse("") : takers.getFirst());
    }

    private static Optional<String> maps(Map<String, String> gone, Optional<Map<String, String>> kept, String ours) {
        var rest = new TreeMap<>(gone);
        rest.remove(ours);
        kept.ifPresent(map -> rest.entrySet().removeAll(map.entrySet()));
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest.toString());
    }

    /// What moves along, for people.
    public static List<Change> carried(OvsPlan plan, Bridge gone) {
        return successor(plan, gone)
            .map(successor -> Stream.of(columns(gone.settings(), BRIDGE), columns(gone.ownPort(), PORT).map(column -> "own port's "
                + column),
                columns(gone.ownInterface(), INTERFACE).map(column -> "own interface's " + column)).flatMap(all -> all)
            .map(column -> new Change("setting " + column, "on " + successor, "on " + gone.name())).toList()).orElse(List.of());
    }

    private static Stream<Map.Entry<String, String>> beside(Map<String, String> settings, Optional<Map<String, String>> kept,
        Set<String> carried) {
        return settings.entrySet().stream().filter(entry -> !carried.contains(entry.getKey()) && !kept.orElse(Map.of()).entrySet()
            .contains(entry));
    }

    static Stream<String> bridgeColumns(Bridge like) {
        return columns(like.settings(), BRIDGE);
    }

    static Stream<String> portColumns(Bridge like) {
        return columns(like.ownPort(), PORT);
    }

    static Stream<String> interfaceColumns(Bridge like) {
        return columns(like.ownInterface(), INTERFACE);
    }

    private static Stream<String> columns(Map<String, String> settings, Set<String> carried) {
        return settings.entrySet().stream().filter(entry -> carried.contains(entry.getKey()))
            .map(entry -> entry.getKey() + "=" + entry.getValue());
    }

    /// Rules name ports by number, and only a bridge whose ports all go to one new bridge, alone, keeps its numbers.
    static boolean takesAll(OvsPlan plan, Bridge gone) {
        var successor = successor(plan, gone);
        if (successor.isEmpty()) return false;
        boolean all = plan.moves().stream().filter(move -> move.from().equals(gone.name())).allMatch(move ->
            move.to().equals(successor.get()));
        boolean alone = plan.moves().stream().filter(move -> move.to().equals(successor.get()))
            .allMatch(move -> move.from().equals(gone.name()));
        return all && alone && plan.drops().stream().noneMatch(drop -> drop.from().name().equals(gone.name()));
    }

    /// A column that somebody allowed to be lost.
    static boolean mayGo(OvsPlan plan, String column) {
        return plan.targets().values().stream().anyMatch(one -> one.lose().contains(column));
    }

    static boolean mayGo(OvsPlan plan, OvsTopology.Bridge bridge, String column) {
        return plan.deleted().contains(bridge) && plan.targets().values().stream().anyMatch(one -> one.lose().contains(column));
    }
}
