package dev.bluerig.sim.ovs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// The rows of all tables at one moment. A transaction works on a copy.
final class OvsdbDatabase {
    private final Map<String, OvsdbRow> rows = new LinkedHashMap<>();

    static OvsdbDatabase empty() {
        var database = new OvsdbDatabase();
        var root = new OvsdbRow(UUID.randomUUID().toString(), OvsdbTable.OPEN_VSWITCH, Map.of(
            "ovs_version", OvsdbValue.text("3.1.0"), "db_version", OvsdbValue.text("8.3.1"), "dpdk_version", OvsdbValue.text("none"),
            "system_type", OvsdbValue.text("ubuntu"), "system_version", OvsdbValue.text("22.04"),
            "datapath_types", new OvsdbValue.AtomSet(List.of(OvsdbAtom.text("netdev"), OvsdbAtom.text("system"))),
            "iface_types",
            new OvsdbValue.AtomSet(List.of(OvsdbAtom.text("geneve"), OvsdbAtom.text("internal"), OvsdbAtom.text("patch"),
            OvsdbAtom.text("system"), OvsdbAtom.text("vxlan")))));
        database.rows.put(root.uuid(), root);
        return database;
    }

    OvsdbDatabase copy() {
        var copy = new OvsdbDatabase();
        copy.rows.putAll(rows);
        return copy;
    }

    OvsdbRow root() {
        return all(OvsdbTable.OPEN_VSWITCH).getFirst();
    }

    List<OvsdbRow> all(OvsdbTable table) {
        return rows.values().stream().filter(row -> row.table() == table).toList();
    }

    Optional<OvsdbRow> row(String uuid) {
        return Optional.ofNullable(rows.get(uuid));
    }

    Optional<OvsdbRow> named(OvsdbTable table, String name) {
        return all(table).stream().filter(row -> row.get("name").single().equals(name)).findFirst();
    }

    OvsdbRow add(OvsdbTable table, Map<String, OvsdbValue> values) {
        var row = new OvsdbRow(UUID.randomUUID().toString(), table, values);
        rows.put(row.uuid(), row);
        return row;
    }

    void put(OvsdbRow row) {
        rows.put(row.uuid(), row);
    }

    /// Rows that a column of another row names.
    List<OvsdbRow> references(OvsdbRow from, String column) {
        return from.get(column).texts().stream().map(rows::get).filter(Objects::nonNull).toList();
    }

    void link(String from, String column, String to) {
        OvsdbRow row = rows.get(from);
        var all = new ArrayList<>(row.get(column).texts());
        if (!all.contains(to)) all.add(to);
        rows.put(from, row.with(column, OvsdbValue.rows(all)));
    }

    void unlink(String from, String column, String to) {
        OvsdbRow row = rows.get(from);
        var all = new ArrayList<>(row.get(column).texts());
        all.remove(to);
        rows.put(from, row.with(column, OvsdbValue.rows(all)));
    }

    /// Which bridge holds this port.
    Optional<OvsdbRow> bridgeOf(OvsdbRow port) {
        return all(OvsdbTable.BRIDGE).stream().filter(bridge -> bridge.get("ports").texts().contains(port.uuid())).findFirst();
    }

    Optional<OvsdbRow> portOf(OvsdbRow iface) {
        return all(OvsdbTable.PORT).stream().filter(port -> port.get("interfaces").texts().contains(iface.uuid())).findFirst();
    }

    /// At commit: bridges, ports and interfaces that nobody names are gone (they are not root tables of the schema), names are unique.
    void settle() {
        keep(OvsdbTable.BRIDGE, root().get("bridges").texts());
        keep(OvsdbTable.PORT, all(OvsdbTable.BRIDGE).stream().flatMap(bridge -> bridge.get("ports").texts().stream()).toList());
        keep(OvsdbTable.INTERFACE, all(OvsdbTable.PORT).stream().flatMap(port -> port.get("interfaces").texts().stream()).toList());
        for (OvsdbTable table : List.of(OvsdbTable.BRIDGE, OvsdbTable.PORT, OvsdbTable.INTERFACE)) {
            long names = all(table).stream().map(row -> row.get("name").single()).distinct().count();
            if (names < all(table).size())
                throw new OvsError("transaction error: {\"details\":\"Transaction causes multiple rows in \\\"" + table.title()
                    + "\\\" table to have identical values\",\"error\":\"constraint violation\"}");
        }
    }

    private void keep(OvsdbTable table, List<String> named) {
        rows.values().removeIf(row -> row.table() == table && !named.contains(row.uuid()));
    }
}
