package dev.bluerig.fact.way;

import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.Routes;
import dev.bluerig.fact.ovs.StoredTopology;
import dev.bluerig.fact.system.SshConnections;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the way in is asked for.
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

    private static final List<Command> WAVE = List.of(SESSION, CONNECTIONS, Links.COMMAND, Routes.COMMAND, RoutingRules.COMMAND_4,
        RoutingRules.COMMAND_6, Neighbours.COMMAND, BridgePorts.COMMAND, StoredTopology.COMMAND);

    private WayQuestion() {}

    static Inquiry<WayIn> read() {
        return Inquiry.ask(WAVE, WayQuestion::join);
    }

    private static Inquiry<WayIn> join(List<Reply> replies) {
        var sessions = SshConnections.parse(ToolReplies.out(replies.get(0)).orElse(""), ToolReplies.out(replies.get(1)).orElse(""));
        if (!sessions.isEmpty()) return over(sessions, replies);
        return Inquiry.ask(List.of(ENVIRONMENTS, SOCKETS), others -> {
            var inherited = SshConnections.inherited(ToolReplies.printed(others.get(0)));
            var established = inherited.isEmpty() ? SshConnections.established(ToolReplies.printed(others.get(1))) : inherited;
            return established.isEmpty() ? Reading.unknown(silent(replies.get(0), replies.get(1))) : over(established, replies);
        });
    }

    private static String silent(Reply session, Reply connections) {
        return "no SSH connection seen, so it is not known which links carry it: " + ToolReplies.why(SESSION, session) + "; "
            + (ToolReplies.out(connections).isPresent() ? CONNECTIONS + ": no connection of sshd"
            : ToolReplies.why(CONNECTIONS, connections)) + "; no process in /proc has SSH_CONNECTION; no connection in /proc/net/tcp";
    }

    private static Inquiry<WayIn> over(List<SshConnections.Connection> sessions, List<Reply> replies) {
        return Reading.parsed(Links.COMMAND, replies.get(2), Links::parse)
            .then(links -> Reading.parsed(Routes.COMMAND, replies.get(3), RoutingTables::parse)
                .then(tables -> bridges(new WayIn(sessions, links, WayIn.standby(ToolReplies.printed(replies.get(2))), tables,
                    rules(tables, replies.get(4), replies.get(5)), neighbours(replies.get(6)), ports(replies.get(7)),
                    StoredTopology.of(replies.get(8)), new SwitchMacs(Map.of())))));
    }

    /// Without rules the kernel's own are guessed, and every other table may be asked, too.
    private static RoutingRules rules(RoutingTables tables, Reply four, Reply six) {
        var read = Reading.parsed(RoutingRules.COMMAND_4, four, out -> RoutingRules.parse(out, ToolReplies.out(six).orElse("")));
        return read instanceof Reading.Known<RoutingRules>(RoutingRules rules) ? rules
            : RoutingRules.standard().guessing(tables.names());
    }

    /// What is not told about next hops makes every port of a bridge count.
    private static Neighbours neighbours(Reply reply) {
        return Reading.parsed(Neighbours.COMMAND, reply, Neighbours::parse) instanceof Reading.Known<Neighbours>(Neighbours known) ? known
            : new Neighbours(Map.of());
    }

    private static BridgePorts ports(Reply reply) {
        return Reading.parsed(BridgePorts.COMMAND, reply, BridgePorts::parse) instanceof Reading.Known<BridgePorts>(BridgePorts known)
            ? known : new BridgePorts(Map.of());
    }

    private static Inquiry<WayIn> bridges(WayIn way) {
        var crossed = List.copyOf(WayCarriers.of(way).switches());
        if (crossed.isEmpty()) return Reading.known(way);
        return Inquiry.ask(crossed.stream().map(SwitchMacs::command).toList(), replies -> {
            var macs = new SwitchMacs(Map.of());
            for (int i = 0; i < crossed.size(); i++) macs = macs.with(crossed.get(i), ToolReplies.out(replies.get(i)).orElse(""));
            return Reading.known(way.with(macs));
        });
    }
}
