package dev.bluerig.fact.ovs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which columns of Open vSwitch's tables are read one by one, or are nobody's setting; whatever else is not at its default counts as a
/// setting.
///
/// Status columns are those that `vswitch.ovsschema` calls ephemeral (8.3.1, Open vSwitch 3.1.0), and those that ovs-vswitchd writes.
final class OvsColumns {
    private static final List<String> BRIDGE_STATUS = List.of("datapath_id", "datapath_version", "rstp_status", "status");
    private static final List<String> PORT_STATUS = List.of("bond_active_slave", "rstp_statistics", "rstp_status", "statistics", "status");
    private static final List<String> INTERFACE_STATUS =
        List.of("admin_state", "bfd_status", "cfm_fault", "cfm_fault_status", "cfm_flap_count", "cfm_health",
        "cfm_remote_mpids", "cfm_remote_opstate", "duplex", "error", "ifindex", "lacp_current", "link_resets", "link_speed", "link_state",
        "mac_in_use", "mtu",
        "ofport", "statistics", "status");

    static final Set<String> BRIDGE = all(BRIDGE_STATUS, "_uuid", "name", "ports", "datapath_type", "fail_mode", "controller", "mirrors",
        "external_ids", "other_config");
    static final Set<String> PORT = all(PORT_STATUS, "_uuid", "name", "interfaces", "tag", "trunks", "vlan_mode", "fake_bridge",
        "bond_mode", "lacp", "external_ids",
        "other_config");
    static final Set<String> INTERFACE = all(INTERFACE_STATUS, "_uuid", "name", "type", "options", "mtu_request", "external_ids",
        "other_config");
    /// The port of a bridge's own name comes and goes with the bridge.
    static final Set<String> OWN_PORT = all(PORT_STATUS, "_uuid", "name", "interfaces");
    static final Set<String> OWN_INTERFACE = all(INTERFACE_STATUS, "_uuid", "name", "type");

    private OvsColumns() {}

    private static Set<String> all(List<String> status, String... more) {
        var columns = new HashSet<>(status);
        columns.addAll(List.of(more));
        return Set.copyOf(columns);
    }
}
