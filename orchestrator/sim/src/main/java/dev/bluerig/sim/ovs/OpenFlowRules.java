package dev.bluerig.sim.ovs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The OpenFlow rules of the bridges, as ovs-vswitchd holds them: none in the database. A new bridge learns (NORMAL) unless it is secure,
/// and a change of `fail_mode` starts anew (tried with OVS 3.1.0).
final class OpenFlowRules {
    private static final String NORMAL = "priority=0 actions=NORMAL";

    private record BridgeRules(String failMode, List<String> rules) {}

    private final Map<String, BridgeRules> bridges = new LinkedHashMap<>();

    /// After every change of the database, and at every start.
    void reconfigure(OvsdbDatabase database) {
        List<OvsdbRow> there = database.all(OvsdbTable.BRIDGE);
        bridges.keySet().retainAll(there.stream().map(OpenFlowRules::name).toList());
        for (OvsdbRow bridge : there) {
            String mode = bridge.get("fail_mode").single().equals("secure") ? "secure" : "standalone";
            BridgeRules held = bridges.get(name(bridge));
            if (held == null || !held.failMode().equals(mode))
                bridges.put(name(bridge), new BridgeRules(mode, mode.equals("secure") ? List.of() : List.of(NORMAL)));
        }
    }

    void restart() {
        bridges.clear();
    }

    boolean has(String bridge) {
        return bridges.containsKey(bridge);
    }

    List<String> of(String bridge) {
        return bridges.get(bridge).rules();
    }

    void put(String bridge, List<String> rules) {
        bridges.put(bridge, new BridgeRules(bridges.get(bridge).failMode(), List.copyOf(rules)));
    }

    /// Whether a frame that no other rule takes is switched as a learning bridge does it.
    boolean learns(String bridge) {
        return has(bridge) && of(bridge).contains(NORMAL);
    }

    private static String name(OvsdbRow bridge) {
        return bridge.get("name").single();
    }
}
