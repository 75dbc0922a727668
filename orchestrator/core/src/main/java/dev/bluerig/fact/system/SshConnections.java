package dev.bluerig.fact.system;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which SSH connections a machine has, by both ends' addresses.
public final class SshConnections {
    /// Addresses as `ip` prints them, without zone. `words` says who it is.
    public record Connection(String local, String peer, String words) {}

    private static final Pattern SSH_SERVER = Pattern.compile("\"(sshd|sshd-session|sshd-auth|dropbear)\"");
    private static final Pattern END = Pattern.compile("\\[?([0-9a-fA-F:.]+?)(?:%[^\\]:]+)?]?(?:%[^:]+)?:(\\d+)");

    private SshConnections() {}

    /// `environment`: the value of SSH_CONNECTION, `client client-port server server-port`; `sockets`: what `ss -tnpH state established`
    /// prints.
    public static List<Connection> parse(String environment, String sockets) {
        Set<Connection> found = new LinkedHashSet<>();
        session(environment).ifPresent(found::add);
        sockets.lines().forEach(line -> socket(line).ifPresent(found::add));
        return List.copyOf(found);
    }

    /// `SSH_CONNECTION=client client-port server server-port` of many processes, each ended by a NUL: every session of the machine.
    public static List<Connection> inherited(String environments) {
        Set<Connection> found = new LinkedHashSet<>();
        for (String variable : environments.split("[\0\n]"))
            if (variable.startsWith("SSH_CONNECTION=")) session(variable.substring("SSH_CONNECTION=".length())).ifPresent(found::add);
        return List.copyOf(found);
    }

    private static Optional<Connection> session(String value) {
        String[] words = value.strip().split("\\s+");
        return words.length == 4 ? Optional.of(new Connection(plain(words[2]), plain(words[0]), "SSH from " + plain(words[0])))
            : Optional.empty();
    }

    private static Optional<Connection> socket(String line) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length < 5 || line.indexOf("users:(") < 0 || !SSH_SERVER.matcher(line).find(line.indexOf("users:(")))
            return Optional.empty();
        Matcher local = END.matcher(columns[2]);
        Matcher peer = END.matcher(columns[3]);
        if (!local.matches() || !peer.matches()) return Optional.empty();
        String other = plain(peer.group(1));
        return Optional.of(new Connection(plain(local.group(1)), other, peer.group(2).equals("22") ? "SSH to " + other
            : "SSH from " + other));
    }

    /// Without the zone, and IPv4 where it is mapped into IPv6 (a server that listens on [::]).
    private static String plain(String address) {
        int zone = address.indexOf('%');
        String bare = zone < 0 ? address : address.substring(0, zone);
        return bare.startsWith("::ffff:") && bare.indexOf('.') > 0 ? bare.substring("::ffff:".length()) : bare;
    }
}
