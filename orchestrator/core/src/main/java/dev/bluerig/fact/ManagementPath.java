package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The links that carry how this machine is managed: a link's name, and why it matters. Links below and above them are in it too.
///
/// Who is connected is told by two witnesses: `SSH_CONNECTION`, which sudo removes, and the connections that an SSH server holds, which
/// only root sees. Every connection of an SSH server counts: other people's sessions, and outgoing ones, which are jumps to the DPUs behind.
public record ManagementPath(Map<String, String> links) {
    public ManagementPath {
        links = Collections.unmodifiableMap(new TreeMap<>(links));
    }

    /// One wave. Unknown when neither witness shows a connection, or links and routes cannot be read.
    public record Seen() implements Fact.Question<ManagementPath> {
        static final Command SESSION = Command.of("printenv", "SSH_CONNECTION");
        static final Command CONNECTIONS = Command.of("ss", "-tnpH", "state", "established");

        @Override
        public Reading<ManagementPath> read() {
            return Reading.ask(List.of(SESSION, CONNECTIONS, Links.Seen.COMMAND, Routes.COMMAND), Seen::join);
        }

        private static Reading<ManagementPath> join(List<Reply> replies) {
            var sessions = SshConnections.parse(Answers.out(replies.get(0)).orElse(""), Answers.out(replies.get(1)).orElse(""));
            if (sessions.isEmpty())
                return Reading.unknown("no SSH connection seen, so it is not known which links carry it: " + Answers.why(SESSION, replies.get(0)) + "; " + CONNECTIONS + ": no connection of sshd");
            return Reading.parsed(Links.Seen.COMMAND, replies.get(2), Links::parse)
                .then(links -> Reading.parsed(Routes.COMMAND, replies.get(3), Routes::parse)
                    .then(routes -> Reading.known(new ManagementPath(new Carriers(links, routes).of(sessions)))));
        }
    }
}
