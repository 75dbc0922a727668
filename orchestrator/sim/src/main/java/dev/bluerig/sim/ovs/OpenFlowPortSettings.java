package dev.bluerig.sim.ovs;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `ovs-ofctl mod-port` set of ports, as ovs-vswitchd holds it: a port that leaves its bridge loses it, and so do all at a restart
/// (tried with OVS 3.1.0).
final class OpenFlowPortSettings {
    /// In the order in which ovs-ofctl prints them.
    enum Flag { NO_STP, NO_RECV, NO_RECV_STP, NO_FLOOD, NO_FWD, NO_PACKET_IN }

    private static final Map<String, Flag> WORDS =
        Map.of("stp", Flag.NO_STP, "receive", Flag.NO_RECV, "receive-stp", Flag.NO_RECV_STP, "flood", Flag.NO_FLOOD,
        "forward", Flag.NO_FWD, "packet-in", Flag.NO_PACKET_IN);
    /// The others are unknown to OpenFlow after 1.0, where setting them exits 0 and changes nothing.
    private static final Set<Flag> EVERY_VERSION = Set.of(Flag.NO_RECV, Flag.NO_FWD, Flag.NO_PACKET_IN);

    private record BridgePort(String bridge, String port) {}

    private final Map<BridgePort, Set<Flag>> set = new LinkedHashMap<>();

    /// After every change of the database, and at every start.
    void reconfigure(OvsdbDatabase database) {
        var there = new HashSet<BridgePort>();
        for (OvsdbRow bridge : database.all(OvsdbTable.BRIDGE))
            for (OvsdbRow port : database.references(bridge, "ports"))
                for (OvsdbRow iface : database.references(port, "interfaces"))
                    there.add(new BridgePort(bridge.get("name").single(), iface.get("name").single()));
        set.keySet().retainAll(there);
    }

    void restart() {
        set.clear();
    }

    static boolean knows(String action) {
        return flag(action).isPresent();
    }

    private static Optional<Flag> flag(String action) {
        return Optional.ofNullable(WORDS.get(action.startsWith("no-") ? action.substring(3) : action));
    }

    void put(String bridge, String port, String action, boolean oldest) {
        Flag flag = flag(action).orElseThrow();
        if (!oldest && !EVERY_VERSION.contains(flag)) return;
        Set<Flag> flags = set.computeIfAbsent(new BridgePort(bridge, port), any -> EnumSet.noneOf(Flag.class));
        if (action.startsWith("no-")) flags.add(flag);
        else flags.remove(flag);
    }

    boolean has(String bridge, String port, Flag flag) {
        return set.getOrDefault(new BridgePort(bridge, port), Set.of()).contains(flag);
    }

    String shown(String bridge, String port, boolean down) {
        String text = Stream.concat(down ? Stream.of("PORT_DOWN") : Stream.<String>empty(),
            set.getOrDefault(new BridgePort(bridge, port), Set.of()).stream().map(Flag::name))
            .collect(Collectors.joining(" "));
        return text.isEmpty() ? "0" : text;
    }
}
