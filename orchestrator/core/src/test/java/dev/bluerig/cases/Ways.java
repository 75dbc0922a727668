package dev.bluerig.cases;

import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.util.function.Function;

/// Ways into machines, as they are seen.
public final class Ways {
    /// iproute2 6.1.0, Debian 12, shortened to what is read: managed over eno1, with p0 beside.
    private static final String LINKS = "[{\"ifindex\":2,\"ifname\":\"eno1\",\"flags\":[\"UP\",\"LOWER_UP\"],\"mtu\":1500,\"addr_info\":"
        + "[{\"family\":\"inet\",\"local\":\"10.0.0.11\",\"prefixlen\":24,\"scope\":\"global\"}]},"
        + "{\"ifindex\":3,\"ifname\":\"p0\",\"flags\":[\"UP\",\"LOWER_UP\"],\"mtu\":1500,\"addr_info\":[]}]";
    private static final String ROUTES =
        "[{\"dst\":\"10.0.0.0/24\",\"dev\":\"eno1\",\"protocol\":\"kernel\",\"scope\":\"link\",\"flags\":[]}]";

    private Ways() {}

    public static WayIn overEno1() {
        return known(new FakeMachine(Ways::eno1));
    }

    /// What a host answers that is managed over eno1; it has neither a switch nor `bridge`.
    public static Reply eno1(Command command) {
        return answer(command, "10.0.0.1 51000 10.0.0.11 22", LINKS, ROUTES, other -> new Reply.Ran(127, "", "not found\n"));
    }

    /// The answers to the questions of the way in; `others` says the rest.
    public static Reply answer(Command command, String connection, String links, String routes, Function<Command, Reply> others) {
        return switch (command.line()) {
            case "printenv SSH_CONNECTION" -> new Reply.Ran(connection.isEmpty() ? 1 : 0, connection, "");
            case "ip -d -j address show" -> new Reply.Ran(0, links, "");
            case "ip -j route show table all" -> new Reply.Ran(0, routes, "");
            case "ip -j rule show" -> new Reply.Ran(0,
                "[{\"priority\":0,\"src\":\"all\",\"table\":\"local\"},{\"priority\":32766,\"src\":\"all\",\"table\":\"main\"}]", "");
            case "ip -6 -j rule show" -> new Reply.Ran(0,
                "[{\"priority\":0,\"src\":\"all\",\"table\":\"local\"},{\"priority\":32766,\"src\":\"all\",\"table\":\"main\"}]", "");
            case "ip -j neigh show", "bridge -j fdb show" -> new Reply.Ran(0, "[]", "");
            case "ss -tnpH state established", "cat /proc/net/tcp /proc/net/tcp6" -> new Reply.Ran(0, "", "");
            default -> command.words().getFirst().equals("ovs-vsctl") ? new Reply.Ran(127, "", "not found\n") : others.apply(command);
        };
    }

    public static Reading<WayIn> seen(Session session) {
        try {
            return new Facts(session).see(WayIn.seen());
        } catch (Unreachable impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static WayIn known(Session session) {
        if (seen(session) instanceof Reading.Known<WayIn>(WayIn way)) return way;
        throw new AssertionError(seen(session));
    }
}
