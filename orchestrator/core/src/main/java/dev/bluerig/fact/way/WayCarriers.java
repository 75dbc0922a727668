package dev.bluerig.fact.way;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.system.SshConnections;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Follows connections down to what carries them: the link with the local address, the one on the way back, and whatever these stand on or
/// belong to: a bridge's ports, a bond's members, what is below a VLAN, the other end of a veth, the VRF above, bridges of Open vSwitch
/// joined by patch ports. Of a bridge's ports, those behind which the next hop was heard; all of them, where it was not.
///
/// `links`: a link, port or bridge, and why it matters. `switches`: the bridges of Open vSwitch among them. `crossed`: those of them that
/// only switch from port to port, which they do with their own link down, too. `blind`: why more than these may carry it.
public record WayCarriers(Map<String, String> links, Set<String> switches, Set<String> crossed, Optional<String> blind) {
    public WayCarriers {
        links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
        switches = Collections.unmodifiableSet(new LinkedHashSet<>(switches));
        crossed = Collections.unmodifiableSet(new LinkedHashSet<>(crossed));
    }

    public static WayCarriers of(WayIn way) {
        var tracing = new Tracing(way);
        way.connections().forEach(tracing::from);
        return new WayCarriers(tracing.why, tracing.switches, tracing.crossed, tracing.blind);
    }

    /// The way of one connection alone.
    public static WayCarriers of(WayIn way, SshConnections.Connection connection) {
        var tracing = new Tracing(way);
        tracing.from(connection);
        return new WayCarriers(tracing.why, tracing.switches, tracing.crossed, tracing.blind);
    }

    /// Tunnels whose packets go on by a way of their own.
    private static final Set<String> TUNNELS =
        Set.of("vxlan", "geneve", "gre", "gretap", "ip6gre", "ip6gretap", "erspan", "ipip", "sit", "ip6tnl", "vti", "xfrm", "wireguard",
        "tun", "ppp", "l2tp", "bareudp", "gtp");

    private static final class Tracing {
        private final WayIn way;
        private final OvsTopology ovs;
        private final Map<String, String> why = new LinkedHashMap<>();
        private final Set<String> switches = new LinkedHashSet<>();
        private final Set<String> crossed = new LinkedHashSet<>();
        private Optional<String> blind = Optional.empty();

        /// `macs`: of the next hops, empty when they are not known, so that they may be behind any port.
        private record Step(String name, Set<String> macs) {}

        private final Deque<Step> open = new ArrayDeque<>();

        Tracing(WayIn way) {
            this.way = way;
            this.ovs = way.ovs() instanceof Reading.Known<OvsTopology>(OvsTopology known) ? known : OvsTopology.EMPTY;
        }

        void from(SshConnections.Connection connection) {
            if (WayIn.isLoopback(connection.peer())) return;
            var hops = new LinkedHashSet<RoutingTables.Hop>();
            way.answers(connection).values().forEach(answer -> hops.addAll(answer.hops()));
            // nothing arrives at a dummy; what it holds comes in where answers leave
            way.holders(connection.local()).stream().filter(link -> link.kind().filter("dummy"::equals).isEmpty() || hops.isEmpty())
                .forEach(link -> root(link.name().text(), "it holds the address of " + connection.words(), macs(link, hops, connection)));
            hops.forEach(hop -> root(hop.device(), "it is the way back of " + connection.words(), mac(hop, connection)));
            while (!open.isEmpty()) follow(open.remove());
        }

        private Set<String> macs(Link holder, Set<RoutingTables.Hop> hops, SshConnections.Connection connection) {
            var here = hops.stream().filter(hop -> hop.device().equals(holder.name().text())).toList();
            if (here.isEmpty() && connection.peer().startsWith("fe80:"))
                return way.neighbours().mac(connection.peer(), holder.name().text()).map(Set::of).orElse(Set.of());
            if (here.isEmpty() || here.size() < hops.size()) return Set.of();
            return here.size() == 1 ? mac(here.getFirst(), connection) : Set.of();
        }

        private Set<String> mac(RoutingTables.Hop hop, SshConnections.Connection connection) {
            return way.neighbours().mac(hop.gateway().isEmpty() ? connection.peer() : hop.gateway(), hop.device()).map(Set::of)
                .orElse(Set.of());
        }

        private void root(String name, String reason, Set<String> macs) {
            crossed.remove(name);
            if (why.putIfAbsent(name, reason) == null) open.add(new Step(name, macs));
        }

        private void reach(String name, String reason, Step from) {
            root(name, reason + ", and " + why.get(from.name()), from.macs());
        }

        /// From port to port: its own link is not on the way.
        private void cross(OvsTopology.Bridge bridge, String reason, Step from) {
            if (why.containsKey(bridge.name())) return;
            reach(bridge.name(), reason, from);
            crossed.add(bridge.name());
        }

        private void follow(Step step) {
            Optional<Link> link = way.link(step.name());
            if (ovs.bridge(step.name()).isPresent()) across(step);
            ovs.ports().filter(port -> internal(port, step.name())).findFirst().flatMap(port -> ovs.holder(port.name()))
                .ifPresent(bridge -> cross(bridge, step.name() + " is a port of it", step));
            if (link.isEmpty()) return;
            below(link.get(), step);
            members(link.get(), step);
            belongs(link.get(), step);
        }

        private static boolean internal(OvsTopology.Port port, String name) {
            return port.interfaces().stream().anyMatch(device -> device.type().equals("internal") && device.name().equals(name));
        }

        private void below(Link link, Step step) {
            boolean veth = link.kind().filter("veth"::equals).isPresent();
            link.lower().filter(lower -> way.link(lower).isPresent()).ifPresent(lower -> {
                reach(lower, (veth ? step.name() + " is joined to it" : step.name() + " stands on it"), step);
                if (veth) joined(lower, step);
            });
            if (link.kind().filter(TUNNELS::contains).isPresent() && !isOfSwitch(step.name()))
                blind = Optional.of(step.name() + " is a tunnel (" + link.kind().get() + "), and it is not known what carries that");
        }

        private boolean isOfSwitch(String name) {
            return ovs.bridge(name).isPresent() || ovs.ports().anyMatch(port -> internal(port, name));
        }

        /// The other end of a veth goes on where it is a port.
        private void joined(String other, Step step) {
            way.link(other).flatMap(Link::master).filter(master -> !master.equals("ovs-system"))
                .ifPresent(master -> reach(master, other + " is a port of it", step));
            ovs.holder(other).ifPresent(bridge -> cross(bridge, other + " is a port of it", step));
        }

        /// Bonds and bridges. A member that waits for another one to fail carries nothing.
        private void members(Link link, Step step) {
            String name = link.name().text();
            var all = way.links().all().stream().filter(member -> member.master().filter(name::equals).isPresent())
                .map(member -> member.name().text()).filter(member -> !way.standby().contains(member)).toList();
            if (link.kind().filter("vrf"::equals).isPresent()) return;
            var heard = new LinkedHashSet<String>();
            if (link.kind().filter("bridge"::equals).isPresent())
                step.macs().forEach(mac -> heard.addAll(way.bridges().of(mac, name)));
            var taken = heard.isEmpty() ? all : all.stream().filter(heard::contains).toList();
            (taken.isEmpty() ? all : taken).forEach(member -> reach(member, "it is part of " + name, step));
            if (link.kind().filter(kind -> kind.equals("openvswitch") || kind.equals("tun")).isPresent()
                && way.ovs() instanceof Reading.Unknown<OvsTopology>(String reason)) {
                blind = Optional.of("it is not known which ports lead to " + name + ": " + reason);
                way.links().all().stream().filter(port -> port.master().filter("ovs-system"::equals).isPresent())
                    .forEach(port -> reach(port.name().text(), "it may be switched to " + name, step));
            }
        }

        /// A VRF takes its members' routes with it; the other members are not on the path.
        private void belongs(Link link, Step step) {
            way.links().vrf(link).ifPresent(vrf -> reach(vrf.name().text(), step.name() + " belongs to it", step));
        }

        /// A bridge of Open vSwitch: its ports, and through patch ports those of its neighbours.
        private void across(Step step) {
            OvsTopology.Bridge bridge = ovs.bridge(step.name()).orElseThrow();
            switches.add(bridge.name());
            var heard = new LinkedHashSet<Integer>();
            step.macs().forEach(mac -> heard.addAll(way.switched().of(mac, bridge.name())));
            var ports = bridge.ports().stream().filter(port -> port.interfaces().stream()
                .anyMatch(device -> device.ofport().filter(heard::contains).isPresent())).toList();
            for (OvsTopology.Port port : ports.isEmpty() ? bridge.ports() : ports) {
                if (port.interfaces().stream().allMatch(device -> device.type().equals("internal"))) continue;
                names(port).forEach(name -> reach(name, "it may be switched to " + bridge.name(), step));
                port.interfaces().stream().filter(device -> device.type().equals("patch"))
                    .flatMap(device -> Optional.ofNullable(device.options().get("peer")).stream()).forEach(peer -> patched(peer, step));
            }
        }

        private void patched(String peer, Step step) {
            ovs.ports().filter(port -> port.interfaces().stream().anyMatch(device -> device.name().equals(peer))).findFirst()
                .flatMap(port -> ovs.holder(port.name())).ifPresent(other -> {
                    reach(peer, "it is a patch port to " + step.name(), step);
                    cross(other, "it is patched to " + step.name(), step);
                });
        }

        private static List<String> names(OvsTopology.Port port) {
            var names = new ArrayList<>(List.of(port.name()));
            port.interfaces().stream().map(OvsTopology.Interface::name).filter(name -> !names.contains(name)).forEach(names::add);
            return names;
        }
    }
}
