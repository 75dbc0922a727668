package dev.bluerig.sim.ovs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The tables that ovs-vsctl and ovs-vswitchd use here, with the columns of OVS 3.1.
enum OvsdbTable {
    OPEN_VSWITCH("Open_vSwitch", OvsdbColumn.rows("bridges"), OvsdbColumn.number("cur_cfg"), OvsdbColumn.texts("datapath_types"),
        OvsdbColumn.map("datapaths"),
        OvsdbColumn.maybe("db_version"), OvsdbColumn.truth("dpdk_initialized"), OvsdbColumn.maybe("dpdk_version"),
        OvsdbColumn.map("external_ids"),
        OvsdbColumn.texts("iface_types"), OvsdbColumn.rows("manager_options"), OvsdbColumn.number("next_cfg"),
        OvsdbColumn.map("other_config"),
        OvsdbColumn.maybe("ovs_version"), OvsdbColumn.maybeRow("ssl"), OvsdbColumn.map("statistics"), OvsdbColumn.maybe("system_type"),
        OvsdbColumn.maybe("system_version")),
    BRIDGE("Bridge", OvsdbColumn.maybeRow("auto_attach"), OvsdbColumn.rows("controller"), OvsdbColumn.maybe("datapath_id"),
        OvsdbColumn.text("datapath_type"),
        OvsdbColumn.text("datapath_version"), OvsdbColumn.map("external_ids"), OvsdbColumn.oneOf("fail_mode", "secure", "standalone"),
        OvsdbColumn.numbers("flood_vlans", 0, 4095), OvsdbColumn.map("flow_tables"), OvsdbColumn.maybeRow("ipfix"),
        OvsdbColumn.truth("mcast_snooping_enable"),
        OvsdbColumn.rows("mirrors"), OvsdbColumn.text("name"), OvsdbColumn.maybeRow("netflow"), OvsdbColumn.map("other_config"),
        OvsdbColumn.rows("ports"),
        OvsdbColumn.texts("protocols"), OvsdbColumn.truth("rstp_enable"), OvsdbColumn.map("rstp_status"), OvsdbColumn.maybeRow("sflow"),
        OvsdbColumn.map("status"),
        OvsdbColumn.truth("stp_enable")),
    PORT("Port", OvsdbColumn.maybe("bond_active_slave"), OvsdbColumn.number("bond_downdelay"), OvsdbColumn.truth("bond_fake_iface"),
        OvsdbColumn.oneOf("bond_mode", "active-backup", "balance-slb", "balance-tcp"), OvsdbColumn.number("bond_updelay"),
        OvsdbColumn.numbers("cvlans", 0, 4095),
        OvsdbColumn.map("external_ids"), OvsdbColumn.truth("fake_bridge"), OvsdbColumn.rows("interfaces"),
        OvsdbColumn.oneOf("lacp", "active", "off", "passive"),
        OvsdbColumn.maybe("mac"), OvsdbColumn.text("name"), OvsdbColumn.map("other_config"), OvsdbColumn.truth("protected"),
        OvsdbColumn.maybeRow("qos"),
        OvsdbColumn.map("rstp_statistics"), OvsdbColumn.map("rstp_status"), OvsdbColumn.map("statistics"), OvsdbColumn.map("status"),
        OvsdbColumn.maybeNumber("tag", 0, 4095),
        OvsdbColumn.numbers("trunks", 0, 4095),
        OvsdbColumn.oneOf("vlan_mode", "access", "dot1q-tunnel", "native-tagged", "native-untagged", "trunk")),
    INTERFACE("Interface", OvsdbColumn.oneOf("admin_state", "down", "up"), OvsdbColumn.map("bfd"), OvsdbColumn.map("bfd_status"),
        OvsdbColumn.maybeNumber("cfm_fault", 0, 1),
        OvsdbColumn.maybe("error"), OvsdbColumn.map("external_ids"), OvsdbColumn.maybeNumber("ifindex", 0, 4_294_967_295L),
        OvsdbColumn.number("ingress_policing_burst"),
        OvsdbColumn.number("ingress_policing_rate"), OvsdbColumn.maybeTruth("lacp_current"),
        OvsdbColumn.maybeNumber("link_resets", 0, Long.MAX_VALUE),
        OvsdbColumn.maybeNumber("link_speed", 0, Long.MAX_VALUE), OvsdbColumn.oneOf("link_state", "down", "up"), OvsdbColumn.map("lldp"),
        OvsdbColumn.maybe("mac"),
        OvsdbColumn.maybe("mac_in_use"), OvsdbColumn.maybeNumber("mtu", 0, 65_535), OvsdbColumn.maybeNumber("mtu_request", 68, 65_535),
        OvsdbColumn.text("name"),
        OvsdbColumn.maybeNumber("ofport", -1, 65_535), OvsdbColumn.maybeNumber("ofport_request", 1, 65_279), OvsdbColumn.map("options"),
        OvsdbColumn.map("other_config"),
        OvsdbColumn.map("statistics"), OvsdbColumn.map("status"), OvsdbColumn.text("type"));

    private final String title;
    private final List<OvsdbColumn> columns;

    OvsdbTable(String title, OvsdbColumn... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    String title() {
        return title;
    }

    List<OvsdbColumn> columns() {
        return columns;
    }

    /// A name, or an abbreviation that fits only one, in any case, with `-` for `_` (db-ctl-base.c).
    static OvsdbTable named(String word) {
        List<OvsdbTable> fitting = List.of(values()).stream().filter(table -> fits(word, table.title)).toList();
        Optional<OvsdbTable> exact = fitting.stream().filter(table -> same(word, table.title)).findFirst();
        if (exact.isPresent()) return exact.get();
        if (fitting.size() == 1) return fitting.getFirst();
        throw new OvsError(fitting.isEmpty() ? "unknown table \"" + word + "\"" : "multiple table names match \"" + word + "\"");
    }

    OvsdbColumn column(String word) {
        if (same(word, "_uuid")) return new OvsdbColumn("_uuid", OvsdbAtom.Type.UUID, false, false, false, List.of(), 0, 0);
        List<OvsdbColumn> fitting = columns.stream().filter(column -> fits(word, column.name())).toList();
        Optional<OvsdbColumn> exact = fitting.stream().filter(column -> same(word, column.name())).findFirst();
        if (exact.isPresent()) return exact.get();
        if (fitting.size() == 1) return fitting.getFirst();
        throw new OvsError(fitting.isEmpty() ? title + " does not contain a column whose name matches \"" + word + "\""
            : title + " contains more than one column whose name matches \"" + word + "\"");
    }

    /// All columns as `list` shows them.
    List<OvsdbColumn> shown() {
        var all = new ArrayList<OvsdbColumn>();
        all.add(column("_uuid"));
        all.addAll(columns);
        return all;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private static boolean fits(String word, String name) {
        return plain(name).startsWith(plain(word));
    }

    private static boolean same(String word, String name) {
        return plain(name).equals(plain(word));
    }
}
