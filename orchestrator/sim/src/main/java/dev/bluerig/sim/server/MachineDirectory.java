package dev.bluerig.sim.server;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.session.SessionContext;

/// Which machine a session has reached: told from the session's local address.
final class MachineDirectory {
    private final Map<String, SimNode> byAddress = new LinkedHashMap<>();
    private final Map<String, SimNode> byName = new LinkedHashMap<>();

    MachineDirectory(List<SimNode> nodes) {
        for (SimNode node : nodes) {
            byAddress.put(node.address(), node);
            byName.put(node.machine().name(), node);
        }
    }

    SimNode of(SessionContext session) {
        return at(session.getLocalAddress())
            .orElseThrow(() -> new IllegalStateException("no machine listens on " + session.getLocalAddress()));
    }

    Optional<SimNode> at(SocketAddress local) {
        return local instanceof InetSocketAddress address ? Optional.ofNullable(byAddress.get(address.getAddress().getHostAddress()))
            : Optional.empty();
    }

    SimNode named(String machine) {
        return byName.get(machine);
    }
}
