package dev.bluerig.lab.sim.ovs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The tables that ovs-vsctl and ovs-vswitchd use here, with the columns of OVS 3.1.
enum Table {
    OPEN_VSWITCH("Open_vSwitch", Column.rows("bridges"), Column.number("cur_cfg"), Column.texts("datapath_types"), Column.map("datapaths"),
        Column.maybe("db_version"), Column.truth("dpdk_initialized"), Column.maybe("dpdk_version"), Column.map("external_ids"),
        Column.texts("iface_types"), Column.rows("manager_options"), Column.number("next_cfg"), Column.map("other_config"),
        Column.maybe("ovs_version"), Column.maybeRow("ssl"), Column.map("statistics"), Column.maybe("system_type"), Column.maybe("system_version")),
    BRIDGE("Bridge", Column.maybeRow("auto_attach"), Column.rows("controller"), Column.maybe("datapath_id"), Column.text("datapath_type"),
        Column.text("datapath_version"), Column.map("external_ids"), Column.oneOf("fail_mode", "secure", "standalone"),
        Column.numbers("flood_vlans", 0, 4095), Column.map("flow_tables"), Column.maybeRow("ipfix"), Column.truth("mcast_snooping_enable"),
        Column.rows("mirrors"), Column.text("name"), Column.maybeRow("netflow"), Column.map("other_config"), Column.rows("ports"),
        Column.texts("protocols"), Column.truth("rstp_enable"), Column.map("rstp_status"), Column.maybeRow("sflow"), Column.map("status"),
        Column.truth("stp_enable")),
    PORT("Port", Column.maybe("bond_active_slave"), Column.number("bond_downdelay"), Column.truth("bond_fake_iface"),
        Column.oneOf("bond_mode", "active-backup", "balance-slb", "balance-tcp"), Column.number("bond_updelay"), Column.numbers("cvlans", 0, 4095),
        Column.map("external_ids"), Column.truth("fake_bridge"), Column.rows("interfaces"), Column.oneOf("lacp", "active", "off", "passive"),
        Column.maybe("mac"), Column.text("name"), Column.map("other_config"), Column.truth("protected"), Column.maybeRow("qos"),
        Column.map("rstp_statistics"), Column.map("rstp_status"), Column.map("statistics"), Column.map("status"), Column.maybeNumber("tag", 0, 4095),
        Column.numbers("trunks", 0, 4095), Column.oneOf("vlan_mode", "access", "dot1q-tunnel", "native-tagged", "native-untagged", "trunk")),
    INTERFACE("Interface", Column.oneOf("admin_state", "down", "up"), Column.map("bfd"), Column.map("bfd_status"), Column.maybeNumber("cfm_fault", 0, 1),
        Column.maybe("error"), Column.map("external_ids"), Column.maybeNumber("ifindex", 0, 4_294_967_295L), Column.number("ingress_policing_burst"),
        Column.number("ingress_policing_rate"), Column.maybeTruth("lacp_current"), Column.maybeNumber("link_resets", 0, Long.MAX_VALUE),
        Column.maybeNumber("link_speed", 0, Long.MAX_VALUE), Column.oneOf("link_state", "down", "up"), Column.map("lldp"), Column.maybe("mac"),
        Column.maybe("mac_in_use"), Column.maybeNumber("mtu", 0, 65_535), Column.maybeNumber("mtu_request", 68, 65_535), Column.text("name"),
        Column.maybeNumber("ofport", -1, 65_535), Column.maybeNumber("ofport_request", 1, 65_279), Column.map("options"), Column.map("other_config"),
        Column.map("statistics"), Column.map("status"), Column.text("type"));

    private final String title;
    private final List<Column> columns;

    Table(String title, Column... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    String title() {
        return title;
    }

    List<Column> columns() {
        return columns;
    }

    /// A name, or an abbreviation that fits only one, in any case, with `-` for `_` (db-ctl-base.c).
    static Table named(String word) {
        List<Table> fitting = List.of(values()).stream().filter(table -> fits(word, table.title)).toList();
        Optional<Table> exact = fitting.stream().filter(table -> same(word, table.title)).findFirst();
        if (exact.isPresent()) return exact.get();
        if (fitting.size() == 1) return fitting.getFirst();
        throw new OvsProblem(fitting.isEmpty() ? "unknown table \"" + word + "\"" : "multiple table names match \"" + word + "\"");
    }

    Column column(String word) {
        if (same(word, "_uuid")) return new Column("_uuid", Atom.Type.UUID, false, false, false, List.of(), 0, 0);
        List<Column> fitting = columns.stream().filter(column -> fits(word, column.name())).toList();
        Optional<Column> exact = fitting.stream().filter(column -> same(word, column.name())).findFirst();
        if (exact.isPresent()) return exact.get();
        if (fitting.size() == 1) return fitting.getFirst();
        throw new OvsProblem(fitting.isEmpty() ? title + " does not contain a column whose name matches \"" + word + "\""
            : title + " contains more than one column whose name matches \"" + word + "\"");
    }

    /// All columns as `list` shows them.
    List<Column> shown() {
        var all = new ArrayList<Column>();
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
