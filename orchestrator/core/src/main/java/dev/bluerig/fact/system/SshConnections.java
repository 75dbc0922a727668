package dev.bluerig.fact.system;

import dev.bluerig.inventory.Cidr;
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

    private static final Pattern ESTABLISHED =
        Pattern.compile("(?m)^ *\\d+: (\\p{XDigit}{8}|\\p{XDigit}{32}):\\p{XDigit}{4} (\\p{XDigit}{8}|\\p{XDigit}{32}):\\p{XDigit}{4} 01 ");

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

    /// Every connection of `/proc/net/tcp` and `/proc/net/tcp6` (proc_net_tcp.rst): state 01 is established. Whose they are is not told, so
    /// each may be that of an SSH server.
    public static List<Connection> established(String sockets) {
        Set<Connection> found = new LinkedHashSet<>();
        ESTABLISHED.matcher(sockets).results().forEach(line -> {
            String peer = plain(address(line.group(2)));
            found.add(new Connection(plain(address(line.group(1))), peer, "a connection that may be SSH, with " + peer));
        });
        return List.copyOf(found);
    }

    /// Four bytes at a time, each in the order of the machine: of every machine that has a card of ours, the lowest first.
    private static String address(String digits) {
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++)
            bytes[i / 4 * 4 + 3 - i % 4] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        return Cidr.canonical(bytes);
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
