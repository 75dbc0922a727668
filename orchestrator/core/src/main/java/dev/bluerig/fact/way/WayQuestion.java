package dev.bluerig.fact.way;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.Routes;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.fact.ovs.StoredTopology;
import dev.bluerig.fact.system.SshConnections;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the way in is asked for, in four parts: what a remedy changes is asked again after it, and what it does not is not.
///
/// Who is connected is told by two witnesses: `SSH_CONNECTION`, which sudo removes, and the connections that an SSH server holds, which
/// only root sees. Every connection of an SSH server counts: other people's sessions, and outgoing ones, which are jumps to the DPUs
/// behind. When both are silent (no `ss`), the environments of all processes are looked through: that of the sudo we run under still has
/// the variable. Where they are hidden, too, every established connection of the machine may be ours.
final class WayQuestion {
    static final Command SESSION = Command.of("printenv", "SSH_CONNECTION");
    static final Command CONNECTIONS = Command.of("ss", "-tnpH", "state", "established");

    /// Each value ends with a NUL, as in the file.
    static final Command ENVIRONMENTS = Command.of("find", "/proc", "-mindepth", "2", "-maxdepth", "2", "-name", "environ", "-exec",
        "grep", "-zsha", "^SSH_CONNECTION=", "{}", "+");
    static final Command SOCKETS = Command.of("cat", "/proc/net/tcp", "/proc/net/tcp6");

    private WayQuestion() {}

    static Fact<WayIn> fact() {
        return new Connected().with(new Rules(), new Paths(), new Switched(), WayQuestion::join);
    }

    private static WayIn join(List<SshConnections.Connection> connected, Optional<RoutingRules> told, Paths.Seen paths,
        Switched.Seen switched) {
        var rules = told.orElseGet(() -> RoutingRules.standard().guessing(paths.tables.names()));
        return new WayIn(connected, paths.links, paths.standby, paths.tables, rules, paths.neighbours, paths.ports, switched.ovs,
            switched.macs);
    }

    /// A second wave when nobody shows a connection.
    private record Connected() implements Fact.Question<List<SshConnections.Connection>> {
        @Override
        public Inquiry<List<SshConnections.Connection>> read() {
            return Inquiry.ask(List.of(SESSION, CONNECTIONS), replies -> {
                var sessions = SshConnections.parse(ToolReplies.out(replies.get(0)).orElse(""), ToolReplies.out(replies.get(1)).orElse(""));
                return sessions.isEmpty() ? hidden(replies) : Reading.known(sessions);
            });
        }

        private static Inquiry<List<SshConnections.Connection>> hidden(List<Reply> replies) {
            return Inquiry.ask(List.of(ENVIRONMENTS, SOCKETS), others -> {
                var inherited = SshConnections.inherited(ToolReplies.printed(others.get(0)));
                var established = inherited.isEmpty() ? SshConnections.established(ToolReplies.printed(others.get(1))) : inherited;
                return established.isEmpty() ? Reading.unknown(silent(replies.get(0), replies.get(1))) : Reading.known(established);
            });
        }

        private static String silent(Reply session, Reply connections) {
            return "no SSH connection seen, so it is not known which links carry it: " + ToolReplies.why(SESSION, session) + "; "
                + (ToolReplies.out(connections).isPresent() ? CONNECTIONS + ": no connection of sshd"
                : ToolReplies.why(CONNECTIONS, connections)) + "; no process in /proc has SSH_CONNECTION; no connection in /proc/net/tcp";
        }

        @Override
        public Set<Effect> changedBy() {
            return NOT_BY_LINKS;
        }
    }

    /// What an address, a port or a bridge that comes or goes leaves as it was.
    private static final Set<Effect> NOT_BY_LINKS = Set.of(Effect.SERVICES, Effect.PACKAGES, Effect.COMMAND);

    /// Empty when they are not told: then the kernel's own are guessed, and every other table may be asked, too.
    private record Rules() implements Fact.Question<Optional<RoutingRules>> {
        @Override
        public Inquiry<Optional<RoutingRules>> read() {
            return Inquiry.ask(List.of(RoutingRules.COMMAND_4, RoutingRules.COMMAND_6), replies -> Reading.known(
                Reading.parsed(RoutingRules.COMMAND_4, replies.get(0),
                    out -> RoutingRules.parse(out, ToolReplies.out(replies.get(1)).orElse(""))).ifKnown()));
        }

        @Override
        public Set<Effect> changedBy() {
            return NOT_BY_LINKS;
        }
    }

    /// A second wave where there are bridges of the kernel. What is not told about next hops makes every port of a bridge count.
    private record Paths() implements Fact.Question<Paths.Seen> {
        private record Seen(Links links, Set<String> standby, RoutingTables tables, Neighbours neighbours,
            BridgePorts ports) {}

        @Override
        public Inquiry<Seen> read() {
            return Inquiry.ask(List.of(Links.COMMAND, Routes.COMMAND, Neighbours.COMMAND), replies ->
                Reading.parsed(Links.COMMAND, replies.get(0), Links::parse).then(links ->
                    Reading.parsed(Routes.COMMAND, replies.get(1), RoutingTables::parse).then(tables ->
                        bridges(new Seen(links, WayIn.standby(ToolReplies.printed(replies.get(0))), tables,
                            neighbours(replies.get(2)), new BridgePorts(Map.of()))))));
        }

        private static Neighbours neighbours(Reply reply) {
            return Reading.parsed(Neighbours.COMMAND, reply, Neighbours::parse).ifKnown().orElse(new Neighbours(Map.of()));
        }

        private static Inquiry<Seen> bridges(Seen seen) {
            if (seen.links.all().stream().noneMatch(link -> link.kind().filter("bridge"::equals).isPresent())) return Reading.known(seen);
            return Inquiry.ask(BridgePorts.COMMAND, reply -> Reading.known(new Seen(seen.links, seen.standby, seen.tables, seen.neighbours,
                Reading.parsed(BridgePorts.COMMAND, reply, BridgePorts::parse).ifKnown().orElse(seen.ports))));
        }

        @Override
        public Set<Effect> changedBy() {
            return EnumSet.complementOf(EnumSet.of(Effect.FLAGS, Effect.FILES, Effect.LINK_FILES, Effect.UNIT_FILES, Effect.MODULE_FILES));
        }
    }

    /// A second wave where there are bridges of Open vSwitch that somebody's packets may cross.
    private record Switched() implements Fact.Question<Switched.Seen> {
        private record Seen(Reading<OvsTopology> ovs, SwitchMacs macs) {}

        @Override
        public Inquiry<Seen> read() {
            return Inquiry.ask(List.of(Links.COMMAND, StoredTopology.COMMAND), replies -> {
                var ovs = StoredTopology.of(replies.get(1));
                var links = Reading.parsed(Links.COMMAND, replies.get(0), Links::parse).ifKnown();
                var bridges = links.map(all -> crossed(all, ovs.ifKnown().map(OvsTopology::bridges).orElse(List.of()))).orElse(List.of());
                return bridges.isEmpty() ? Reading.known(new Seen(ovs, new SwitchMacs(Map.of()))) : learned(ovs, bridges);
            });
        }

        private static Inquiry<Seen> learned(Reading<OvsTopology> ovs, List<String> bridges) {
            return Inquiry.ask(bridges.stream().map(SwitchMacs::command).toList(), replies -> {
                var macs = new SwitchMacs(Map.of());
                for (int i = 0; i < bridges.size(); i++) macs = macs.with(bridges.get(i), ToolReplies.out(replies.get(i)).orElse(""));
                return Reading.known(new Seen(ovs, macs));
            });
        }

        /// Where nothing that stands on a port of a switch holds an address, none is on a way that ends here.
        private static List<String> crossed(Links links, List<OvsTopology.Bridge> bridges) {
            var ports = bridges.stream().flatMap(bridge -> Stream.concat(Stream.of(bridge.name()),
                bridge.ports().stream().map(OvsTopology.Port::name))).collect(Collectors.toSet());
            boolean held = links.all().stream().filter(Switched::isRouted).anyMatch(link -> standsOn(ports, link, links));
            return held ? bridges.stream().map(OvsTopology.Bridge::name).toList() : List.of();
        }

        private static boolean isRouted(Link link) {
            return link.addresses().stream().anyMatch(address -> !address.cidr().address().startsWith("fe80:"));
        }

        private static boolean standsOn(Set<String> ports, Link link, Links links) {
            var below = new HashSet<String>();
            for (String at = link.name().text(); below.add(at); ) {
                String name = at;
                at = links.all().stream().filter(one -> one.name().text().equals(name)).flatMap(one -> one.lower().stream()).findFirst()
                    .orElse(at);
            }
            return !Collections.disjoint(below, ports);
        }

        @Override
        public Set<Effect> changedBy() {
            return Set.of(Effect.SWITCH, Effect.SERVICES, Effect.PACKAGES, Effect.MODULES, Effect.COMMAND);
        }
    }
}
