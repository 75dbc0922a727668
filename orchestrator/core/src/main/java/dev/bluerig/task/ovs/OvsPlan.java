package dev.bluerig.task.ovs;

import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.OvsTopology.Bridge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where every port goes: from the topology found to the bridges wanted, before anybody asks whether it may be done.
///
/// - `targets`: by name of the bridge that shall serve, in the order wanted.
/// - `refused`: ports that `other_ports: refuse` forbids, or uplinks that nobody named and that would be joined with a wanted one.
public record OvsPlan(Map<String, OvsBridgeSpec> targets, List<String> created, List<Move> moves, List<Add> adds, List<Drop> drops,
    List<Bridge> deleted, List<Refused> refused) {
    /// `along`: not a wanted port; it follows its uplink.
    public record Move(String port, String from, String to, boolean along) {}

    public record Add(String port, String to) {}

    public record Drop(OvsTopology.Port port, Bridge from) {}

    record Refused(String port, String from, boolean uplink) {}

    public boolean nothingToDo() {
        return created.isEmpty() && moves.isEmpty() && adds.isEmpty() && drops.isEmpty() && deleted.isEmpty() && refused.isEmpty();
    }

    public static OvsPlan of(List<OvsBridgeSpec> wanted, OvsTopology ovs) {
        var making = new PortAssignment(wanted, ovs);
        making.targets();
        making.wantedPorts();
        making.otherPorts();
        return new OvsPlan(making.targets, making.created, making.moves, making.adds, making.drops, List.copyOf(making.deleted),
            making.refused);
    }

    /// The bridge that a new one takes the place of: it held the uplink, or else the first port that moves over.
    Optional<String> predecessor(String target) {
        return moves.stream().filter(move -> move.to().equals(target) && OvsPorts.isUplink(move.port()))
            .findFirst().or(() -> moves.stream().filter(move -> move.to().equals(target)).findFirst()).map(Move::from);
    }

    /// Rules of a bridge that goes move along when the wish for the bridge that takes its place says so.
    public boolean keepsFlows(Bridge gone) {
        return OvsCarryOver.successor(this, gone).map(targets::get).filter(one -> one.flows() == OvsBridgeSpec.Flows.KEEP).isPresent();
    }

    /// The wishes that take ports from a bridge.
    List<OvsBridgeSpec> takers(Bridge bridge) {
        return moves.stream().filter(move -> move.from().equals(bridge.name())).map(move -> targets.get(move.to())).distinct().toList();
    }

    private static final class PortAssignment {
        private final List<OvsBridgeSpec> wanted;
        private final OvsTopology ovs;
        private final Map<String, OvsBridgeSpec> targets = new LinkedHashMap<>();
        private final List<String> created = new ArrayList<>();
        private final List<Move> moves = new ArrayList<>();
        private final List<Add> adds = new ArrayList<>();
        private final List<Drop> drops = new ArrayList<>();
        private final Set<Bridge> deleted = new LinkedHashSet<>();
        private final List<Refused> refused = new ArrayList<>();

        PortAssignment(List<OvsBridgeSpec> wanted, OvsTopology ovs) {
            this.wanted = wanted;
            this.ovs = ovs;
        }

        void targets() {
            for (OvsBridgeSpec one : wanted) {
                String name = target(one);
                targets.put(name, one);
                if (ovs.bridge(name).isEmpty()) created.add(name);
            }
        }

        /// `any-name`: a bridge that serves already, else the one of the name, else the one that holds the uplink, else a new one.
        private String target(OvsBridgeSpec one) {
            String name = one.bridge().text();
            if (one.accept() == OvsBridgeSpec.Accept.NAMED) return name;
            return ovs.bridge(name).filter(bridge -> serves(bridge, one)).or(() -> free().filter(bridge -> serves(bridge, one)).findFirst())
                .or(() -> ovs.bridge(name)).or(() -> free().filter(bridge -> holdsUplinkOf(bridge, one)).findFirst())
                .map(Bridge::name).orElse(name);
        }

        /// Bridges that are not promised to another wish.
        private Stream<Bridge> free() {
            return ovs.bridges().stream().filter(bridge -> !targets.containsKey(bridge.name())
                && wanted.stream().noneMatch(one -> one.bridge().text().equals(bridge.name())));
        }

        private static boolean serves(Bridge bridge, OvsBridgeSpec one) {
            return one.portNames().stream().allMatch(bridge::holds)
                && bridge.ports().stream().noneMatch(port -> OvsPorts.isUplink(port.name()) && !one.wants(port.name()));
        }

        private static boolean holdsUplinkOf(Bridge bridge, OvsBridgeSpec one) {
            return one.portNames().stream().anyMatch(port -> OvsPorts.isUplink(port) && bridge.holds(port));
        }

        void wantedPorts() {
            targets.forEach((target, one) -> one.portNames().forEach(port -> {
                var holder = ovs.holder(port).map(Bridge::name);
                if (holder.isEmpty()) adds.add(new Add(port, target));
                else if (!holder.get().equals(target)) moves.add(new Move(port, holder.get(), target, false));
            }));
        }

        /// Only bridges that serve, or that lose a wanted port, are looked at; the rest is nobody's business.
        void otherPorts() {
            var takers = List.copyOf(moves);
            for (Bridge bridge : ovs.bridges()) {
                boolean loses = takers.stream().anyMatch(move -> move.from().equals(bridge.name()));
                boolean serves = targets.containsKey(bridge.name());
                if (!loses && !serves) continue;
                if (!serves) deleted.add(bridge);
                for (OvsTopology.Port port : bridge.ports())
                    if (wanted.stream().noneMatch(one -> one.wants(port.name()))) other(port, bridge, successor(port.name(), bridge,
                        takers));
            }
        }

        /// The bridge that a port belongs to from now on: where the uplink of its function goes; else it stays, or follows the others.
        private String successor(String port, Bridge bridge, List<Move> takers) {
            var here = takers.stream().filter(move -> move.from().equals(bridge.name())).toList();
            var uplinks = here.stream().filter(move -> OvsPorts.isUplink(move.port())).toList();
            var own = uplinks.stream().filter(move -> OvsPorts.function(port).isPresent() && OvsPorts.function(move.port())
                .equals(OvsPorts.function(port))).findFirst();
            if (own.isPresent()) return own.get().to();
            if (targets.containsKey(bridge.name())) return bridge.name();
            return (uplinks.isEmpty() ? here : uplinks).getFirst().to();
        }

        private void other(OvsTopology.Port port, Bridge bridge, String successor) {
            boolean uplink = OvsPorts.isUplink(port.name());
            switch (targets.get(successor).otherPorts()) {
                case DROP -> drops.add(new Drop(port, bridge));
                case REFUSE -> refused.add(new Refused(port.name(), bridge.name(), uplink));
                case KEEP -> {
                    if (uplink) refused.add(new Refused(port.name(), bridge.name(), true));
                    else if (!successor.equals(bridge.name())) moves.add(new Move(port.name(), bridge.name(), successor, true));
                }
            }
        }
    }
}
