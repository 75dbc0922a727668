package dev.bluerig.fact.tls;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
        public Inquiry<TlsSockets> read() {
            return Inquiry.parse(COMMAND, TlsSockets::parse);
        }
    }

    private static final Set<String> WORDS = Set.of("version:", "cipher:", "rxconf:", "txconf:");
    private static final Pattern USERS = Pattern.compile("users:\\(\\(\"([^\"]*)\",pid=(\\d+)");

    static TlsSockets parse(String text) {
        return new TlsSockets(all(text).stream().filter(Socket::inCard).toList());
    }

    public static List<Socket> all(String text) {
        var all = new ArrayList<Socket>();
        for (String socket : joined(text)) {
            String[] columns = socket.strip().split("\\s+");
            var tls = words(columns);
            if (!tls.containsKey("rxconf:") || !tls.containsKey("txconf:")) continue;
            int first = columns[0].equals("tcp") ? 1 : 0;      // the column Netid, where several kinds are shown
            if (Arrays.asList(columns).indexOf("tcp-ulp-tls") < first + 5)
                throw new IllegalArgumentException("a TLS socket without addresses: " + socket.strip());
            Matcher users = USERS.matcher(socket);
            all.add(new Socket(columns[first + 3], columns[first + 4], tls.get("rxconf:"), tls.get("txconf:"),
                users.find() ? users.group(1) + " (" + users.group(2) + ")" : "an unknown process"));
        }
        return all;
    }

    /// `version:`, `cipher:`, `rxconf:`, `txconf:` behind `tcp-ulp-tls`, each with the word after it; empty for a socket without kernel
    /// TLS.
    static Map<String, String> words(String[] columns) {
        var words = new TreeMap<String, String>();
        int at = 0;
        while (at < columns.length && !columns[at].equals("tcp-ulp-tls")) at++;
        for (at++; at < columns.length; at++) {
            int end = columns[at].indexOf(':') + 1;
            String word = columns[at].substring(0, end);
            if (!WORDS.contains(word)) continue;
            String value = end < columns[at].length() ? columns[at].substring(end) : at + 1 < columns.length ? columns[at + 1] : "";
            if (!value.isEmpty()) words.putIfAbsent(word, value);
        }
        return words;
    }

    /// One string a socket: a line that starts with a blank belongs to the line before.
    static List<String> joined(String text) {
        var sockets = new ArrayList<StringBuilder>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            boolean more = Character.isWhitespace(line.charAt(0)) && !sockets.isEmpty();
            if (more) sockets.getLast().append(' ').append(line.strip());
            else sockets.add(new StringBuilder(line));
        });
        return sockets.stream().map(StringBuilder::toString).toList();
    }
}
