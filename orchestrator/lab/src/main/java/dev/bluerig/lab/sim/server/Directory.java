package dev.bluerig.lab.sim.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.session.SessionContext;

/// Which machine a session has reached: told from the session's local address.
final class Directory {
    private final Map<String, Node> byAddress = new LinkedHashMap<>();
    private final Map<String, Node> byName = new LinkedHashMap<>();

    Directory(List<Node> nodes) {
        for (Node node : nodes) {
            byAddress.put(node.address(), node);
            byName.put(node.machine().name(), node);
        }
    }

    Node of(SessionContext session) {
        return at(session.getLocalAddress()).orElseThrow(() -> new IllegalStateException("no machine listens on " + session.getLocalAddress()));
    }

    Optional<Node> at(SocketAddress local) {
        return local instanceof InetSocketAddress address ? Optional.ofNullable(byAddress.get(address.getAddress().getHostAddress())) : Optional.empty();
    }

    Node named(String machine) {
        return byName.get(machine);
    }
}
