package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Open TCP connections whose TLS records a network card encrypts or decrypts: a change of flags, MTU or channels under them is dangerous
/// (mlx5e dereferences null on a channel reconfiguration with RX offload).
public record TlsSockets(List<Socket> device) {
    public TlsSockets {
        device = List.copyOf(device);
    }

    /// `process` is `name (pid)`, or `an unknown process` when the session may not see it.
    public record Socket(String local, String peer, String receive, String transmit, String process) {
        boolean inCard() {
            return receive.startsWith("hw") || transmit.startsWith("hw");
        }
    }

    /// Who has them open, each once.
    public List<String> owners() {
        return device.stream().map(Socket::process).distinct().toList();
    }

    /// `ss` prints a socket on two lines; the TLS words are on the second (iproute2 misc/ss.c tcp_tls_conf: none, sw, hw, hw-record).
    public record Seen() implements Fact.Question<TlsSockets> {
        static final Command COMMAND = Command.of("ss", "-tiepnH");

        @Override
        public Reading<TlsSockets> read() {
            return Reading.parse(COMMAND, TlsSockets::parse);
        }
    }

    private static final Pattern CONFIGURED = Pattern.compile("tcp-ulp-tls\\b.*?rxconf:\\s*(\\S+)\\s+txconf:\\s*(\\S+)");
    private static final Pattern USERS = Pattern.compile("users:\\(\\(\"([^\"]*)\",pid=(\\d+)");

    static TlsSockets parse(String text) {
        return new TlsSockets(all(text).stream().filter(Socket::inCard).toList());
    }

    static List<Socket> all(String text) {
        var all = new ArrayList<Socket>();
        for (String socket : joined(text)) {
            Matcher tls = CONFIGURED.matcher(socket);
            if (!tls.find()) continue;
            String[] columns = socket.strip().split("\\s+");
            if (columns.length < 5) throw new IllegalArgumentException("a TLS socket without addresses: " + socket.strip());
            Matcher users = USERS.matcher(socket);
            all.add(new Socket(columns[3], columns[4], tls.group(1), tls.group(2),
                users.find() ? users.group(1) + " (" + users.group(2) + ")" : "an unknown process"));
        }
        return all;
    }

    /// One string a socket: a line that starts with a blank belongs to the line before.
    private static List<String> joined(String text) {
        var sockets = new ArrayList<String>();
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            boolean more = Character.isWhitespace(line.charAt(0)) && !sockets.isEmpty();
            if (more) sockets.add(sockets.removeLast() + " " + line.strip());
            else sockets.add(line);
        }
        return sockets;
    }
}
