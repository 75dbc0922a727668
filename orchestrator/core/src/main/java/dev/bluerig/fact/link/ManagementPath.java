package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.system.SshConnections;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The links that carry how this machine is managed: a link's name, and why it matters. Links below and above them are in it too.
///
/// Who is connected is told by two witnesses: `SSH_CONNECTION`, which sudo removes, and the connections that an SSH server holds, which
/// only root sees. Every connection of an SSH server counts: other people's sessions, and outgoing ones, which are jumps to the DPUs
/// behind. When both are silent (no `ss`), the environments of all processes are looked through: that of the sudo we run under still has
/// the variable.
public record ManagementPath(Map<String, String> links) {
    public ManagementPath {
        links = Collections.unmodifiableMap(new TreeMap<>(links));
    }

    /// One wave, a second one when neither witness shows a connection. Unknown when nobody shows one, or links and routes cannot be read.
    public record Seen() implements Fact.Question<ManagementPath> {
        static final Command SESSION = Command.of("printenv", "SSH_CONNECTION");
        static final Command CONNECTIONS = Command.of("ss", "-tnpH", "state", "established");

        /// Each value ends with a NUL, as in the file.
        static final Command ENVIRONMENTS = Command.of("find", "/proc", "-mindepth", "2", "-maxdepth", "2", "-name", "environ", "-exec",
            "grep", "-zsha", "^SSH_CONNECTION=", "{}", "+");

        @Override
        public Inquiry<ManagementPath> read() {
            return Inquiry.ask(List.of(SESSION, CONNECTIONS, Links.Seen.COMMAND, Routes.COMMAND), Seen::join);
        }

        private static Inquiry<ManagementPath> join(List<Reply> replies) {
            var sessions = SshConnections.parse(ToolReplies.out(replies.get(0)).orElse(""), ToolReplies.out(replies.get(1)).orElse(""));
            if (!sessions.isEmpty()) return over(sessions, replies);
            return Inquiry.ask(ENVIRONMENTS, environments -> {
                var others = SshConnections.inherited(ToolReplies.printed(environments));
                return others.isEmpty() ? Reading.unknown(silent(replies.get(0), replies.get(1))) : over(others, replies);
            });
        }

        private static String silent(Reply session, Reply connections) {
            return "no SSH connection seen, so it is not known which links carry it: " + ToolReplies.why(SESSION, session) + "; "
                + (ToolReplies.out(connections).isPresent() ? CONNECTIONS + ": no connection of sshd"
                : ToolReplies.why(CONNECTIONS, connections)) + "; no process in /proc has SSH_CONNECTION";
        }

        private static Inquiry<ManagementPath> over(List<SshConnections.Connection> sessions, List<Reply> replies) {
            return Reading.parsed(Links.Seen.COMMAND, replies.get(2), Links::parse)
                .then(links -> Reading.parsed(Routes.COMMAND, replies.get(3), Routes::parse)
                    .then(routes -> Reading.known(new ManagementPath(new CarrierLinks(links, routes).of(sessions)))));
        }
    }
}
